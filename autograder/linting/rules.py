"""Hold every rule against an assignment's source; `lint-ok-<rule>` among a cell's tags silences one there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from autograder.document import Problem, Rule
from autograder.linting.bindings import imported_by_the_student, shadow
from autograder.linting.dynamic import run
from autograder.linting.leaks import leak
from autograder.linting.messages import no_message, syntax
from autograder.linting.outside import outside
from autograder.linting.randomness import random
from autograder.linting.reported import reported
from autograder.linting.source import Source, sources

# The static rules, by the name that is printed and that a tag silences.
RULES = {
    "syntax": Rule(syntax),
    "reported": Rule(reported),
    "no-message": Rule(no_message),
    "random": Rule(random),
    "leak": Rule(leak),
    "outside": Rule(outside),
    "import": Rule(imported_by_the_student),
    "shadow": Rule(shadow),
}
DYNAMIC = "dynamic"


@dataclass(frozen=True)
class Finding(Problem):
    """A problem, the rule that found it, and the name of its cell (None for a cell that nbgrader does not name)."""

    rule: str
    grade_id: str | None

    def __str__(self) -> str:
        where = f"{self.path}: cell {self.grade_id or self.cell}" if self.cell else f"{self.path}"
        return f"{where}: {self.what} {self.cure} [{self.rule}]"


def lint(assignment: str, *, course: Path | None = None, static: bool = False, confined: bool = True) -> list[Finding]:
    """Find what is wrong with an assignment's tests.

    Args:
        assignment: its name, or the path of one of its source notebooks.
        course: the folder of nbgrader_config.py; by default the nearest one above.
        static: only read; do not run the reference solution and the unsolved notebook.
        confined: False runs them in kernels that are not confined, where the machine cannot confine.

    Returns:
        The findings, by notebook and rule; none if nothing is wrong.

    Raises:
        LintError: there is no such assignment, or no course.
        ZygoteError: this machine can not start a kernel.
    """
    rules: dict[str, Callable[[Source], Iterator[Problem]]] = {**RULES}
    if not static:
        rules[DYNAMIC] = partial(run, confined=confined)
    return [finding for source in sources(assignment, course=course) for finding in _findings(source, rules)]


def _findings(source: Source | Problem, rules: dict[str, Callable[[Source], Iterator[Problem]]]) -> Iterator[Finding]:
    if isinstance(source, Problem):
        yield Finding(source.path, source.cell, source.what, source.cure, "syntax", None)
        return
    cells = {cell.number: cell for cell in source.cells}
    for name, rule in rules.items():
        seen = set()
        for problem in rule(source):
            cell = cells.get(problem.cell)
            if (cell is not None and f"lint-ok-{name}" in cell.tags) or problem in seen:
                continue
            seen.add(problem)
            yield Finding(problem.path, problem.cell, problem.what, problem.cure, name, cell.grading.get("grade_id") if cell else None)
