"""A student's self-check: the visible tests of a notebook, run as the grader runs them, told in words."""

import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader import utils

from autograder.examiner.execute import examine, is_test
from autograder.examiner.settings import Settings
from autograder.kernels import Zygote, imported_modules


class NotAnAssignment(Exception):
    """The file can not be checked. The message names the file and the cure."""


@dataclass(frozen=True)
class Outcome:
    """One test.

    Attributes:
        test: its name.
        points: what it gives now.
        most: what it can give.
        reason: why points are missing, in the test's own words; empty if none are.
    """

    test: str
    points: float
    most: float
    reason: str


def check(path: Path, *, timeout: float = 30) -> list[Outcome]:
    """Run a student's notebook and its visible tests. The file is not changed; the student's code runs unconfined, as in JupyterLab.

    Raises:
        NotAnAssignment: there is no such file, it is no notebook, or it has no test.
    """
    if not path.exists():
        raise NotAnAssignment(f"{path}: there is no such file. Give the notebook's path, such as work/regression-1/regression-1.ipynb.")
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception as error:  # nbformat raises many kinds for many kinds of broken files
        raise NotAnAssignment(f"{path}: this is not a notebook ({type(error).__name__}). Open it in JupyterLab and save it again.") from error
    tests = [cell for cell in notebook.cells if is_test(cell)]
    if not tests:
        raise NotAnAssignment(f"{path}: no cell is a test. Check the notebook that you fetched, not a chapter or a copy of the text.")
    settings = Settings(timeout=timeout, total_timeout=10 * timeout + 600, confined=False)
    if settings.forked:
        with Zygote(imported_modules(cell.source for cell in notebook.cells if cell.cell_type == "code")) as zygote:
            found = examine(notebook, source=None, folder=path.resolve().parent, settings=settings, zygote=zygote.address)
    else:
        found = examine(notebook, source=None, folder=path.resolve().parent, settings=settings)
    outcomes = []
    for cell in tests:
        points, most = utils.determine_grade(cell)
        name = cell.metadata.nbgrader.grade_id
        outcomes.append(Outcome(name, points, most, _in_words(found.reasons.get(name, ""))))
    return outcomes


def _in_words(reason: str) -> str:
    """A reason without Python's name for it, where that name says nothing to a beginner."""
    if reason.startswith("NotImplementedError"):
        return "the answer is not written yet: its cell still raises NotImplementedError"
    if missing := re.match(r"NameError: name '(\w+)' is not defined", reason):
        return f"there is no `{missing.group(1)}` yet: a cell above has to define it, and to run without an error"
    return reason.removeprefix("AssertionError: ")
