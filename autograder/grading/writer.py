"""The one who writes: nbgrader's own Autograde puts examined notebooks into the gradebook and the autograded folder."""

import contextlib
import functools
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import nbgrader.api
from nbconvert.writers import FilesWriter
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import MissingEntry
from nbgrader.converters import Autograde, NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties, Execute, SaveAutoGrades

from autograder.grading import GradingError
from autograder.grading.course import Assignment, Course

# What one submission may hold of it: points by grade_id, by notebook
Points = dict[str, dict[str, tuple[float | None, float]]]


class Writer:
    """Writes one assignment's results, each whole or again.

    Args:
        course: whose gradebook and folders.
        assignment: which.
        say: hears what takes a while.
    """

    def __init__(self, course: Course, assignment: Assignment, *, say: Callable[[str], None] = lambda _: None) -> None:
        self.course, self.assignment, self._say = course, assignment, say
        self._recorder = _Recorder(coursedir=course.directory, parent=course.app)

    def write(self, student: str, staged: Path, notebooks: dict[str, NotebookNode]) -> Points:
        """Leave what `nbgrader autograde` leaves.

        Args:
            student: who handed in.
            staged: the files beside the notebooks.
            notebooks: with outputs, by name.

        Returns:
            What the gradebook now says.

        Raises:
            GradingError: the gradebook or the folder can not be written.
        """
        for name, notebook in notebooks.items():
            (staged / f"{name}.ipynb").write_text(nbformat.writes(notebook, version=nbformat.NO_CONVERT), encoding="utf-8")

        def record() -> Points:
            with _one_engine():
                self._recorder.record(student, self.assignment.name, staged, sorted(notebooks))
                return self._read(student)

        try:
            return self.course.patiently(record, self._say)
        except OSError as error:
            place = error.filename or self.course.folder("autograded", student, self.assignment.name)
            raise GradingError(f"{place} can not be written: {error.strerror}. Mend that, and grade again: what is graded stays.") from error
        except NbGraderException as error:
            raise GradingError(f"nbgrader will not record {student}: {error}") from error

    def points(self, student: str) -> Points:
        """The automatic points in the gradebook: None where a cell has none yet, nothing where the submission is missing."""

        def read() -> Points:
            with _one_engine():
                try:
                    return self._read(student)
                except MissingEntry:
                    return {}

        return self.course.patiently(read, self._say)

    def _read(self, student: str) -> Points:
        with self.course.gradebook() as gradebook:
            notebooks = gradebook.find_submission(self.assignment.name, student).notebooks
            return {notebook.name: {grade.name: (grade.auto_score, grade.max_score) for grade in notebook.grades} for notebook in notebooks}

    def has(self, student: str, notebooks: list[str]) -> bool:
        """Whether both the gradebook and the autograded folder hold this submission."""
        folder = self.course.folder("autograded", student, self.assignment.name)
        return all((folder / f"{name}.ipynb").is_file() for name in notebooks) and bool(self.points(student))

    def points_of(self, notebook: NotebookNode) -> dict[str, tuple[float | None, float]]:
        """What nbgrader would record for an examined notebook, with the course's own preprocessors; nothing is written."""
        notebook = nbformat.from_dict(notebook)
        for kind in self._recorder.autograde_preprocessors:
            if issubclass(kind, Execute | SaveAutoGrades | AssignLatePenalties):
                continue
            preprocessor = kind(parent=self._recorder)
            if preprocessor.enabled:
                notebook, _ = preprocessor.preprocess(notebook, {"nbgrader": {}, "metadata": {}})
        return {cell.metadata.nbgrader.grade_id: utils.determine_grade(cell) for cell in notebook.cells if utils.is_grade(cell)}


class _Recorder(Autograde):
    """nbgrader's converter, fed from a folder of ours, which lets errors out."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.writer = FilesWriter(parent=self, config=self.config)
        self.exporter = self.exporter_class(parent=self, config=self.config)
        self._staged = Path()

    def record(self, student: str, assignment: str, staged: Path, notebooks: list[str]) -> None:
        """Write a submission to the autograded folder and the gradebook."""
        destination = Path(self._format_dest(assignment, student))
        self._staged, self._sanitizing = staged, True
        self.notebooks = [str(staged / f"{name}.ipynb") for name in notebooks]
        try:
            with contextlib.chdir(self.coursedir.root), _named(self.coursedir, student_id=student, assignment_id=assignment):
                if destination.exists():
                    shutil.rmtree(destination)
                self.run_pre_convert_hook()
                self.init_assignment(assignment, student)
                self._names = (student, assignment)
                for path in self.notebooks:
                    self.convert_single_notebook(path)
                self.set_permissions(assignment, student)
                self.run_post_convert_hook()
        except BaseException:
            shutil.rmtree(destination, ignore_errors=True)  # as nbgrader does: never half a submission
            raise

    def _format_source(self, assignment_id: str, student_id: str, escape: bool = False) -> str:
        if not self._sanitizing:
            return super()._format_source(assignment_id, student_id, escape=escape)
        return re.escape(str(self._staged)) if escape else str(self._staged)

    def init_single_notebook_resources(self, notebook_filename: str) -> dict:
        student, assignment = self._names
        name = Path(notebook_filename).stem
        facts = {"student": student, "assignment": assignment, "notebook": name, "db_url": self.coursedir.db_url}
        return {"unique_key": name, "output_files_dir": f"{name}_files", "nbgrader": facts}


_engine = functools.lru_cache(maxsize=4)(nbgrader.api.create_engine)


@contextlib.contextmanager
def _one_engine() -> Iterator[None]:
    """nbgrader opens its gradebook a dozen times for one submission; with one engine SQLAlchemy compiles each query once, not each time."""
    before = nbgrader.api.create_engine
    nbgrader.api.create_engine = _engine
    try:
        yield
    finally:
        nbgrader.api.create_engine = before


@contextlib.contextmanager
def _named(directory: CourseDirectory, **names: str) -> Iterator[None]:
    """The course directory under other names, for a block (nbgrader's hooks read them there)."""
    before = {name: getattr(directory, name) for name in names}
    try:
        for name, value in names.items():
            setattr(directory, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(directory, name, value)
