"""An nbgrader course folder as the grader sees it: its configuration, one assignment's own cells and files, and what was handed in."""

import contextlib
import fnmatch
import glob
import hashlib
import json
import logging
import os
import re
import shutil
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
import sqlalchemy.exc
from nbformat import NotebookNode
from nbgrader.api import Gradebook, InvalidEntry, MissingEntry
from nbgrader.apps import AutogradeApp
from nbgrader.nbgraderformat import SCHEMA_VERSION
from tornado.log import app_log
from traitlets.config import Config

from autograder.grading import GradingError

LOCKED_SECONDS = 60  # that a locked gradebook is waited for
_CHUNK = 1 << 20


@dataclass(frozen=True)
class SourceCell:
    """A cell as the instructor wrote it, from the gradebook; solutions are cut out of it, hidden tests are in it."""

    name: str
    cell_type: str
    source: str
    checksum: str | None
    locked: bool
    grade: bool
    solution: bool
    task: bool
    points: float | None
    metadata: dict = field(default_factory=dict)
    id: str | None = None

    @property
    def is_test(self) -> bool:
        """Whether it is graded automatically."""
        return self.grade and not self.solution and self.cell_type == "code"

    @property
    def grading(self) -> dict:
        """nbgrader's metadata of the cell."""
        found = {"schema_version": SCHEMA_VERSION, "grade_id": self.name, "grade": self.grade, "solution": self.solution, "locked": self.locked}
        found |= {"task": self.task, "cell_type": self.cell_type}
        if self.points is not None:
            found["points"] = self.points
        if self.checksum is not None:
            found["checksum"] = self.checksum
        return found

    def node(self) -> NotebookNode:
        """A fresh copy, as a student gets it, but with the hidden tests."""
        cell = {"cell_type": self.cell_type, "metadata": {**self.metadata, "nbgrader": self.grading}, "source": self.source}
        if self.cell_type == "code":
            cell |= {"outputs": [], "execution_count": None}
        if self.id is not None:
            cell["id"] = self.id
        return nbformat.from_dict(cell)


@dataclass(frozen=True)
class SourceNotebook:
    """One notebook of an assignment.

    Attributes:
        name: without `.ipynb`.
        kernelspec: what the instructor's notebook runs on; None where the gradebook does not know.
        cells: by grade_id, in the order of the notebook.
        node: with the solutions; None where the source folder lacks it.
    """

    name: str
    kernelspec: dict | None
    cells: dict[str, SourceCell]
    node: NotebookNode | None


@dataclass(frozen=True)
class Assignment:
    """What the instructor wrote.

    Attributes:
        name: as nbgrader calls it.
        notebooks: by name.
        files: what lies beside the notebooks, by relative path.
        editable: relative paths that a student may replace (`Autograde.exclude_overwriting`).
        ignore: names that are never copied (`CourseDirectory.ignore`).
        restore_tests: whether a deleted test is put back and run (`OverwriteCells.add_missing_cells`).
        digest: SHA-256 of all that.
    """

    name: str
    notebooks: dict[str, SourceNotebook]
    files: dict[str, Path]
    editable: frozenset[str]
    ignore: tuple[str, ...]
    restore_tests: bool
    digest: str


class Course:
    """An nbgrader course, configured as nbgrader configures it.

    Args:
        root: the folder where `nbgrader` commands are run.

    Raises:
        GradingError: there is no such folder, or its configuration fails.
    """

    def __init__(self, root: Path) -> None:
        root = Path(root).resolve()
        if not root.is_dir():
            raise GradingError(f"{root}: there is no such folder. Name the course's folder with --course.")
        _put_alembic_on_path()
        with contextlib.chdir(root), _kept(sys, "path"):
            self.app = AutogradeApp(log_level=logging.CRITICAL)
            try:
                self.app.initialize([])
            except SystemExit as error:
                raise GradingError(f"{root / 'nbgrader_config.py'} does not load. Run `nbgrader autograde --help` there to see why.") from error
        # As `nbgrader autograde --no-execute`: the outputs are there already.
        self.app.update_config(Config({"Execute": {"enabled": False}, "ClearOutput": {"enabled": False}}))
        self.directory = self.app.coursedir
        self.root = Path(self.directory.root)

    @property
    def database(self) -> str:
        return self.directory.db_url

    @cached_property
    def lock_digest(self) -> str | None:
        """SHA-256 of the course's requirements.lock, if it has one."""
        path = self.root / "requirements.lock"
        return digest_of_file(path) if path.is_file() else None

    def gradebook(self) -> Gradebook:
        """Open the gradebook; a context manager."""
        return Gradebook(self.database, self.directory.course_id)

    def folder(self, step: str, student: str, assignment: str) -> Path:
        """The folder of one step ("submitted", "autograded") for a student."""
        return Path(self.directory.format_path(getattr(self.directory, f"{step}_directory"), student, assignment))

    def submissions(self, assignment: str) -> dict[str, Path]:
        """Who handed in, and the folder; nbgrader's `student_id` and `student_id_exclude` hold."""
        step = self.directory.submitted_directory
        pattern = self.directory.format_path(step, self.directory.student_id, glob.escape(assignment))
        name = re.compile(self.directory.format_path(step, "(?P<student>[^/]+)", re.escape(assignment), escape=True))
        excluded = set(self.directory.student_id_exclude.split(","))
        found = {}
        for path in sorted(glob.glob(pattern)):  # noqa: PTH207 - as nbgrader finds them
            match = name.fullmatch(path)
            if match and Path(path).is_dir() and match["student"] not in excluded:
                found[match["student"]] = Path(path)
        return found

    def patiently(self, action: Callable[[], Any], say: Callable[[str], None]) -> Any:
        """Do something with the gradebook; wait while another program has it locked.

        Args:
            action: what to do; it is done again from the start.
            say: hears that it takes a while.

        Returns:
            What the action returns.

        Raises:
            GradingError: the gradebook stays locked, or can not be used.
        """
        deadline = time.monotonic() + LOCKED_SECONDS
        while True:
            try:
                with _quiet():
                    return action()
            except (sqlalchemy.exc.DBAPIError, InvalidEntry) as error:
                left = deadline - time.monotonic()
                if "is locked" in str(error) and left > 0:
                    say(f"The gradebook is locked by another program; waiting for it ({left:.0f} s more).")
                    time.sleep(0.2)
                    continue
                raise GradingError(self._trouble(str(error))) from error

    @property
    def shown_database(self) -> str:
        """Where the gradebook is, without a password."""
        return sqlalchemy.engine.make_url(self.database).render_as_string(hide_password=True)

    def _trouble(self, text: str) -> str:
        """A sentence with the cure."""
        known = {
            "readonly database": "is read-only. Give yourself the right to write to it and its folder",
            "is locked": "is locked by another program. Close that (formgrader, a database browser)",
            "is full": "can not be written: the disk is full. Make room",
            "disk I/O": "can not be written: the disk is full or failing. Make room",
            "unable to open": "can not be opened. Check that its folder exists and that you may write there",
        }
        for words, trouble in known.items():
            if words in text:
                return f"The gradebook {self.shown_database} {trouble}, and grade again: what is graded stays."
        return f"The gradebook {self.shown_database} can not be used: {text.splitlines()[0]}"

    def assignment(self, name: str, say: Callable[[str], None] = lambda _: None) -> Assignment:
        """Read an assignment from the gradebook and the source folder.

        Args:
            name: as nbgrader calls it.
            say: hears that the gradebook is locked.

        Raises:
            GradingError: the gradebook does not know it, or cannot be read.
        """

        url = sqlalchemy.engine.make_url(self.database)
        if url.get_backend_name() == "sqlite" and not url.query and url.database and not Path(url.database).exists():
            # nbgrader would make one
            raise GradingError(
                f"{url.database}: there is no gradebook. Is {self.root} the course? Then run `nbgrader generate_assignment {name}` there."
            )

        def read() -> list[tuple[str, str | None, list[SourceCell]]]:
            with self.gradebook() as gradebook:
                return [(row.name, row.kernelspec, _cells(row)) for row in gradebook.find_assignment(name).notebooks]

        try:
            rows = self.patiently(read, say)
        except MissingEntry as error:
            cure = f"Check the name, or run `nbgrader generate_assignment {name}`."
            raise GradingError(f"The gradebook {self.shown_database} does not know the assignment {name!r}. {cure}") from error
        if not rows:
            raise GradingError(f"The gradebook has no notebook of the assignment {name!r}. Run `nbgrader generate_assignment {name}`.")
        folder = self.folder("source", ".", name)
        notebooks = {}
        for notebook, kernelspec, cells in sorted(rows, key=lambda row: row[0]):
            node = _read(folder / f"{notebook}.ipynb")
            notebooks[notebook] = SourceNotebook(notebook, json.loads(kernelspec) if kernelspec else None, _in_order(cells, node), node)
        ignore = tuple(self.directory.ignore)
        files = {str(path.relative_to(folder)): path for path in walk(folder, ignore) if path.suffix != ".ipynb"} if folder.is_dir() else {}
        config = self.app.config
        editable = frozenset(config.Autograde.get("exclude_overwriting", {}).get(name, []))
        restore = bool(config.OverwriteCells.get("add_missing_cells", False))
        digest = hashlib.sha256()
        for notebook in notebooks.values():
            facts = [
                notebook.name,
                notebook.kernelspec,
                [cell.grading | {"source": cell.source, **cell.metadata} for cell in notebook.cells.values()],
            ]
            digest.update(json.dumps([facts, notebook.node], sort_keys=True).encode())
        for relative, path in sorted(files.items()):
            digest.update(f"\0{relative}\0{digest_of_file(path)}".encode())
        digest.update(repr((sorted(editable), restore)).encode())
        return Assignment(name, notebooks, files, editable, ignore, restore, digest.hexdigest())


def walk(folder: Path, ignore: tuple[str, ...] = ()) -> Iterator[Path]:
    """The instructor's files under a folder, sorted, without what nbgrader ignores."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not ignored(name, ignore))
        yield from (Path(place, name) for name in sorted(files) if not ignored(name, ignore))


def ignored(name: str, ignore: tuple[str, ...]) -> bool:
    """Whether nbgrader's `CourseDirectory.ignore` leaves this name out."""
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in ignore)


def digest_of_file(path: Path) -> str:
    """SHA-256 of an instructor's file."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while part := file.read(_CHUNK):
            digest.update(part)
    return digest.hexdigest()


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """nbgrader logs the traceback of an error before it raises it; what it raises is enough."""
    before, app_log.disabled = app_log.disabled, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", sqlalchemy.exc.SAWarning)  # of nbgrader's way to add a submission
            yield
    finally:
        app_log.disabled = before


def _cells(notebook: object) -> list[SourceCell]:
    points = {cell.name: cell.max_score for cell in [*notebook.grade_cells, *notebook.task_cells]}
    grade, solution, task = ({cell.name for cell in cells} for cells in (notebook.grade_cells, notebook.solution_cells, notebook.task_cells))
    return [
        SourceCell(
            name=cell.name,
            cell_type=cell.cell_type,
            source=cell.source or "",
            checksum=cell.checksum,
            locked=cell.locked,
            grade=cell.name in grade,
            solution=cell.name in solution,
            task=cell.name in task,
            points=points.get(cell.name),
        )
        for cell in notebook.source_cells
    ]


def _in_order(cells: list[SourceCell], node: NotebookNode | None) -> dict[str, SourceCell]:
    """The cells as the instructor's notebook orders them, each with its id and plain metadata there."""
    by_name = {cell.name: cell for cell in cells}
    found: dict[str, SourceCell] = {}
    for other in node.cells if node else []:
        name = other.metadata.get("nbgrader", {}).get("grade_id")
        if name in by_name and name not in found:
            metadata = {key: value for key, value in other.metadata.items() if key not in ("nbgrader", "collapsed", "scrolled", "execution")}
            found[name] = SourceCell(**{**vars(by_name[name]), "metadata": metadata, "id": other.get("id")})
    return found | {name: cell for name, cell in by_name.items() if name not in found}


def _read(path: Path) -> NotebookNode | None:
    if not path.is_file():
        return None
    try:
        return nbformat.read(path, as_version=4)
    except (ValueError, nbformat.ValidationError) as error:
        raise GradingError(f"{path}: not a notebook of format 4 ({error}). Restore it; grading needs it.") from error


def _put_alembic_on_path() -> None:
    """nbgrader makes a new gradebook with the program `alembic`, which lies beside Python."""
    beside = str(Path(sys.executable).parent)
    if shutil.which("alembic") is None and shutil.which("alembic", path=beside):
        os.environ["PATH"] = os.pathsep.join([beside, os.environ.get("PATH", "")])


@contextlib.contextmanager
def _kept(owner: object, name: str) -> Iterator[None]:
    """Undo what a block does to a list (nbgrader puts the working folder on the import path)."""
    before = list(getattr(owner, name))
    try:
        yield
    finally:
        getattr(owner, name)[:] = before
