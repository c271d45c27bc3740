"""The assignment contract: rules over one assignment's source (see CONTRIBUTING.md for what each asks)."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, ClearOutput, ClearSolutions, ComputeChecksums, LockCells
from traitlets.config import PyFileConfigLoader

from autograder.document import Cell, Document, Problem, Rule

MIN_TESTS, MAX_TESTS = 5, 12
MAX_LINES = 40
_HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS\n(.*?)### END HIDDEN TESTS", re.S)
_SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.S)


def student_version(source: nbformat.NotebookNode, course: Path) -> nbformat.NotebookNode:
    """What `nbgrader generate_assignment` makes of an assignment's source, without touching a gradebook.

    Args:
        source: the notebook with solutions and hidden tests; it is not changed.
        course: the folder of nbgrader_config.py.
    """
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    notebook, resources = nbformat.from_dict(source), {}
    for step in (LockCells, ClearSolutions, ClearOutput, ComputeChecksums, ClearHiddenTests, ClearMarkScheme, ComputeChecksums):
        notebook, resources = step(config=config).preprocess(nbformat.from_dict(notebook), resources)
    return notebook


def tests(document: Document) -> list[Cell]:
    """The autograded cells."""
    return [cell for cell in document.code if cell.grading.get("grade") and not cell.grading.get("solution")]


def _manual(document: Document) -> list[Cell]:
    return [cell for cell in document.cells if cell.grading.get("grade") and cell.grading.get("solution")]


def _student_path(document: Document) -> Path:
    solutions = document.path.resolve().parent.parent
    return solutions.parent / "assignments" / document.path.resolve().parent.name / document.path.name


def data_files(document: Document) -> Iterator[Problem]:
    folder = document.path.parent
    for cell in document.code:
        for name in re.findall(r"""["']([\w-]+\.(?:csv|npz|npy|json|txt|zip))["']""", cell.source):
            if not (folder / name).exists() and f"open({name!r}, 'w'" not in cell.source:
                yield document.problem(cell, f"It reads {name}, which is not in {folder}.", f"Restore it: git checkout {folder / name}")


def student_version_is_fresh(document: Document) -> Iterator[Problem]:
    path, name = _student_path(document), document.path.parent.name
    cure = f"Run `make assignments` and commit assignments/{name}."
    if not path.exists():
        yield Problem(path, None, "The student version does not exist.", cure)
        return
    fresh = student_version(document.node, path.parent.parent.parent).cells
    try:
        stored = nbformat.read(path, as_version=4).cells
    except Exception as error:  # nbformat raises many kinds; to an author they all mean one thing
        yield Problem(path, None, f"The student version is not a notebook: {error}.", cure)
        return
    for number, (new, old) in enumerate(zip(fresh, stored, strict=False), start=1):
        if (new.source, new.metadata.get("nbgrader")) != (old.source, old.metadata.get("nbgrader")):
            yield Problem(path, number, "The student version is stale: this cell differs from its source.", cure)
            return
    if len(fresh) != len(stored):
        yield Problem(path, None, f"The student version is stale: it has {len(stored)} cells, its source makes {len(fresh)}.", cure)
    for source in document.path.parent.iterdir():
        copy = path.parent / source.name
        if source.is_file() and source.suffix != ".ipynb" and (not copy.exists() or copy.read_bytes() != source.read_bytes()):
            yield Problem(copy, None, "The student version is stale: this file is missing, or differs from its source.", cure)


def no_outputs(document: Document) -> Iterator[Problem]:
    for cell in document.code:
        if cell.outputs or cell.node.execution_count is not None:
            yield document.problem(cell, "An assignment's source stores no outputs.", "Clear all outputs and save.")


def cell_ids(document: Document) -> Iterator[Problem]:
    seen = {}
    for cell in document.cells:
        name = cell.grading.get("grade_id")
        if cell.grading and not re.fullmatch(r"[a-z][a-z0-9-]*", name or ""):
            yield document.problem(cell, f"Its id is {name!r}.", "Use lower case, digits and dashes: `standardise-test`.")
        if name in seen and name:
            yield document.problem(cell, f"Its id {name} is that of cell {seen[name]}.", "Give each graded cell an id of its own.")
        seen[name] = cell.number


def graded_cells(document: Document) -> Iterator[Problem]:
    autograded, manual = tests(document), _manual(document)
    if not MIN_TESTS <= len(autograded) <= MAX_TESTS:
        yield document.problem(None, f"It has {len(autograded)} autograded cells.", f"Ask for {MIN_TESTS} to {MAX_TESTS} small answers.")
    if len(manual) != 1:
        yield document.problem(None, f"It has {len(manual)} manually graded questions.", "Ask for one explanation in words.")
    for cell in manual:
        if "=== BEGIN MARK SCHEME ===" not in cell.source:
            yield document.problem(cell, "The manually graded question has no rubric.", "Add a mark scheme between the nbgrader delimiters.")
    for cell in [*autograded, *manual]:
        if not cell.grading.get("points", 0) > 0:
            yield document.problem(cell, "A graded cell is worth no points.", "Give it points.")
    for cell in autograded:
        if not cell.grading.get("locked"):
            yield document.problem(cell, "A test cell can be edited by the student.", "Lock it (nbgrader: locked).")


def solution_regions(document: Document) -> Iterator[Problem]:
    for cell in document.code:
        if cell.grading.get("solution") and not _SOLUTION.search(cell.source):
            yield document.problem(cell, "A solution cell marks no solution.", "Put it between ### BEGIN SOLUTION and ### END SOLUTION.")
        if not cell.grading.get("solution") and "### BEGIN SOLUTION" in cell.source:
            yield document.problem(cell, "A solution stands in a cell that nbgrader does not clear.", "Mark the cell as a solution cell.")
        if "### BEGIN HIDDEN TESTS" in cell.source and cell not in tests(document):
            yield document.problem(cell, "Hidden tests stand in a cell that is not a test.", "Move them to a test cell.")


def test_messages(document: Document) -> Iterator[Problem]:
    for cell in tests(document):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Assert) and node.msg is None:
                yield document.problem(cell, f"`{ast.unparse(node)}` fails without a word.", "Say in a message what is wrong and what to look at.")


def visible_and_hidden_tests(document: Document) -> Iterator[Problem]:
    for cell in tests(document):
        hidden, visible = "".join(_HIDDEN.findall(cell.source)), _HIDDEN.sub("", cell.source)
        if "assert" not in visible:
            yield document.problem(cell, "It shows the student no test.", "Add a visible test with a message.")
        if "assert" not in hidden:
            yield document.problem(cell, "It hides no test: an answer typed in by hand would pass.", "Check other inputs in hidden tests.")
        if "print(" in hidden:
            yield document.problem(cell, "A hidden test prints.", "Remove the print: students would see it.")


def nothing_hidden_is_published(document: Document) -> Iterator[Problem]:
    path = _student_path(document)
    if not path.exists():
        return  # student_version_is_fresh says so
    published = path.read_text(encoding="utf-8")
    shown = "\n".join(_SOLUTION.sub("", _HIDDEN.sub("", cell.source)) for cell in document.cells)
    for cell in document.cells:
        for line in hidden_lines(cell.source):
            if line not in shown and json.dumps(line)[1:-1] in published:
                yield document.problem(cell, f"The student version holds the hidden line `{line}`.", "Run `make assignments`.")


def hidden_lines(source: str, *, min_length: int = 25) -> list[str]:
    """The lines of a cell's solution and hidden tests that are long enough to be recognised elsewhere."""
    blocks = [*_HIDDEN.findall(source), *_SOLUTION.findall(source)]
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if len(line) >= min_length]


def cell_length(document: Document) -> Iterator[Problem]:
    for cell in document.code:
        shown = _SOLUTION.sub("", _HIDDEN.sub("", cell.source)).splitlines()
        if len(shown) > MAX_LINES:
            yield document.problem(cell, f"The student sees {len(shown)} lines of code.", f"Show at most {MAX_LINES}.")


ASSIGNMENT_RULES = [
    Rule(data_files, publishable=True),
    Rule(student_version_is_fresh, publishable=True),
    Rule(nothing_hidden_is_published, publishable=True),
    Rule(no_outputs),
    Rule(cell_ids),
    Rule(graded_cells),
    Rule(solution_regions),
    Rule(test_messages),
    Rule(visible_and_hidden_tests),
    Rule(cell_length),
]
