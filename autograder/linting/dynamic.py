"""What only a run shows: tests that the reference fails, that differ from run to run or from outside, or that an unsolved notebook passes."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import Execute

from autograder.document import Problem
from autograder.examiner.execute import examine, is_test
from autograder.examiner.settings import Settings
from autograder.kernels import Zygote, imported_modules
from autograder.linting.source import Source

HASH_SEEDS = ("1", "2")  # the order of a set of texts follows from it
AUTOTEST = "AUTOTEST"
# A kernel warns at each start of what holds for every local one.
_QUIET = ["--HistoryManager.hist_file=:memory:", "--IPKernelApp.log_level=40"]


def run(source: Source, *, confined: bool = True) -> Iterator[Problem]:
    """Grade the reference plainly and from outside, twice each, and the unsolved notebook once.

    Args:
        source: the notebook; its tests' hidden parts are run too.
        confined: False runs the kernels without confinement, where the machine has none.
    """
    for cell in source.tests:
        if AUTOTEST in cell.source:
            yield source.problem(
                cell,
                "Its AUTOTEST lines are comments until `nbgrader generate_assignment` makes tests of them, so it was not run.",
                "Lint the notebook in the course's folder source_with_tests.",
            )
    tests = [cell for cell in source.tests if AUTOTEST not in cell.source]
    if not tests:
        return
    plain, examined, unsolved = [], [], None
    for seed in HASH_SEEDS:
        with _hash_seed(seed):
            plain.append(_plainly(source))
            with _zygote(source) as address:
                examined.append(_from_outside(source, source.node, confined=confined, zygote=address))
                if unsolved is None and not isinstance(source.unsolved, str):
                    unsolved = _from_outside(source, _handed_in_empty(source), confined=confined, zygote=address)
    for cell in source.code:
        if cell.number in plain[0].raised and "raises-exception" not in cell.tags:
            yield source.problem(cell, f"It raises {plain[0].raised[cell.number]} in the reference.", "Mend it; what stands below may rest on it.")
    for cell in tests:
        if fault := _judge(cell.number, plain, examined):
            yield source.problem(cell, *fault)
        if unsolved is not None and unsolved.points[cell.number] > 0:
            got, most = unsolved.points[cell.number], unsolved.most[cell.number]
            yield source.problem(
                cell, f"A notebook in which nothing is solved gets {got:g} of {most:g} points.", "Add an assertion that only a solution passes."
            )


@dataclass(frozen=True)
class _Run:
    """Points, most points and reasons of the tests, and the errors of all other cells, by the cell's number."""

    points: dict[int, float]
    most: dict[int, float]
    reasons: dict[int, str]
    raised: dict[int, str]


def _judge(number: int, plain: list[_Run], examined: list[_Run]) -> tuple[str, str] | None:
    """What is wrong with a test, and the cure."""
    most = plain[0].most[number]
    for runs in (plain, examined):
        given = [found.points[number] for found in runs]
        if len(set(given)) > 1:
            reason = next(found.reasons[number] for found in runs if found.points[number] < most)
            return (
                f"It is not deterministic: the reference gets {given[0]:g} points in one run and {given[1]:g} in the next{_because(reason)}.",
                "Seed what it draws, sort sets of texts, do not ask the clock.",
            )
    if plain[0].points[number] < most:
        return (
            f"The reference gets {plain[0].points[number]:g} of {most:g} points{_because(plain[0].reasons[number])}.",
            "Mend the test or the solution.",
        )
    if examined[0].points[number] < most:
        return (
            f"The reference passes it in its own kernel, but examined from outside gets {examined[0].points[number]:g} of {most:g} points"
            f"{_because(examined[0].reasons[number])}.",
            "Rewrite it, or tag the cell `examine-inside` (lower assurance).",
        )
    return None


def _because(reason: str) -> str:
    return f" ({reason.strip().rstrip('.')})" if reason.strip() else ""


def _plainly(source: Source) -> _Run:
    """As nbgrader's own Execute runs a notebook: every cell in one kernel."""
    notebook = nbformat.from_dict(source.node)
    with tempfile.TemporaryDirectory(prefix="lint-") as folder:
        # A copy: cells may write files.
        shutil.copytree(source.path.resolve().parent, Path(folder, "assignment"), ignore=shutil.ignore_patterns(*source.ignore))
        # A busy machine takes longer than nbclient's 4 seconds to say that a cell is over.
        Execute(config=source.config, extra_arguments=_QUIET, iopub_timeout=60).preprocess(
            notebook, {"metadata": {"path": str(Path(folder, "assignment"))}}
        )
    return _result(notebook, {})


def _from_outside(source: Source, node: NotebookNode, *, confined: bool, zygote: str | None) -> _Run:
    with tempfile.TemporaryDirectory(prefix="lint-") as folder:
        shutil.copytree(source.path.resolve().parent, Path(folder, "assignment"), ignore=shutil.ignore_patterns(*source.ignore, "*.ipynb"))
        settings = Settings(timeout=Execute(config=source.config).timeout or 600, confined=confined)
        found = examine(nbformat.from_dict(node), source=source.node, folder=Path(folder, "assignment"), settings=settings, zygote=zygote)
    return _result(found.notebook, found.reasons)


def _handed_in_empty(source: Source) -> NotebookNode:
    """The student version, with the instructor's own tests put back as nbgrader does before it grades."""
    notebook = nbformat.from_dict(source.unsolved)
    for cell, original in zip(notebook.cells, source.node.cells, strict=True):
        if utils.is_locked(original):
            cell.source = original.source
    return notebook


def _result(notebook: NotebookNode, reasons: dict[str, str]) -> _Run:
    found = _Run({}, {}, {}, {})
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type != "code":
            continue
        error = next((f"{output.ename}: {output.evalue}" for output in cell.outputs if output.output_type == "error"), "")
        if is_test(cell):
            points, most = utils.determine_grade(cell)
            found.points[number], found.most[number] = points or 0.0, most
            found.reasons[number] = " ".join((reasons.get(cell.metadata.nbgrader.grade_id) or error).split())[:300]
        elif error:
            found.raised[number] = " ".join(error.split())[:300]
    return found


@contextlib.contextmanager
def _zygote(source: Source) -> Iterator[str | None]:
    if not Settings().forked:
        yield None
        return
    with Zygote(imported_modules(cell.source for cell in source.code)) as zygote:
        yield zygote.address


@contextlib.contextmanager
def _hash_seed(seed: str) -> Iterator[None]:
    """Kernels that are started meanwhile inherit it."""
    name = "PYTHONHASHSEED"
    before = os.environ.get(name)
    os.environ[name] = seed
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
