"""The proof that an assignment's tests are good: right answers in several styles get everything, each wrong one loses what it says.

A submission is a Python file (CONTRIBUTING.md, "An assignment"): its first comments say what the student did and which tests lose points,
its parts replace the cells of that id, or say what they change in the reference's. All are graded by plain nbgrader and by our grader, on warm
kernels.
"""

import os
import re
import resource
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import sqlalchemy.exc
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.converters.autograde import Autograde
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config, PyFileConfigLoader

from autograder.grading import GradingError, grader
from autograder.grading.course import Course
from autograder.grading.workers import Job, carry_out
from autograder.grading.writer import Writer
from autograder.kernels import ADDRESS, Zygote, imported_modules

MIN_RIGHT, MIN_WRONG = 4, 12
REFERENCE = "right_reference"
_ENDLESS_SECONDS = 6  # that a cell may take in a notebook whose student is said to loop for ever
Points = dict[str, tuple[float, float]]


class ProofError(Exception):
    """The proof can not be carried out. The message names the file and the cure."""


@dataclass(frozen=True)
class Submission:
    """A student's answers.

    Attributes:
        path: the file.
        parts: code by cell id.
        remaining: the points that are left in each test that is not passed in full.
        plainly: the same by plain nbgrader, where that differs: it takes a test that wrote to stderr for a failed one.
        endless: it says that one of its cells never ends.
    """

    path: Path
    parts: dict[str, str]
    remaining: dict[str, float]
    plainly: dict[str, float]
    endless: bool

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def is_right(self) -> bool:
        return self.name.startswith("right_")


@dataclass(frozen=True)
class Outcome:
    """What one submission got, test by test, as (points, of): from our grader, from plain nbgrader, and what it says of itself."""

    submission: Submission
    ours: Points
    plain: Points
    expected: Points

    @property
    def faults(self) -> list[str]:
        """A sentence for each way in which it is not as it should be."""
        unknown = sorted(self.submission.remaining.keys() - self.expected.keys())
        found = [f"its first lines name {test}, which is no test of the assignment" for test in unknown]
        for test, (wanted, most) in self.expected.items():
            got, plain = self.ours[test][0], self.plain[test][0]
            if got != wanted:
                found.append(f"{test} gives {got:g} of {most:g}, and should give {wanted:g}")
            if self.submission.plainly.get(test, got) != plain:
                found.append(f"{test} gives {got:g} by our grader and {plain:g} by plain nbgrader")
        return found


@dataclass(frozen=True)
class Proof:
    """What came of it.

    Attributes:
        outcomes: one a submission, in the order of their names.
        notebooks: how many were graded: wrong answers in different cells share one.
        reference_seconds: CPU-seconds of both kernels for the reference.
        cpu_seconds: of everything.
        whole: all submissions were graded, so it can be said what is missing.
    """

    outcomes: list[Outcome]
    notebooks: int
    reference_seconds: float
    cpu_seconds: float
    whole: bool

    @property
    def faults(self) -> list[str]:
        found = [f"{outcome.submission.name}: {fault}" for outcome in self.outcomes for fault in outcome.faults]
        if not self.whole:
            return found
        right = [outcome.submission for outcome in self.outcomes if outcome.submission.is_right]
        wrong = [outcome.submission for outcome in self.outcomes if not outcome.submission.is_right]
        found += [f"{submission.name}: it is called right and says that it loses points" for submission in right if submission.remaining]
        found += [f"{submission.name}: a wrong answer that loses nothing proves nothing" for submission in wrong if not submission.remaining]
        if len(right) < MIN_RIGHT or len(wrong) < MIN_WRONG:
            found.append(f"there are {len(right)} right and {len(wrong)} wrong submissions; {MIN_RIGHT} and {MIN_WRONG} are the least")
        lost = {test for outcome in self.outcomes for test, (got, most) in outcome.ours.items() if got < most}
        kept = sorted(set(self.outcomes[0].ours) - lost)
        return found + [f"{test}: no submission fails it, so nothing shows that it can fail" for test in kept]


def read(path: Path) -> Submission:
    """Read one submission.

    Raises:
        ProofError: its first lines do not say what it loses, or it changes what the reference does not hold.
    """
    head, *rest = re.split(r"^# %% (\S+?)(, but)?\n", path.read_text(encoding="utf-8"), flags=re.M)
    remaining = _lost(head, "loses")
    if remaining is None:
        raise ProofError(f"{path}: its first lines do not say what it loses. Add `# loses: <test>` or `# loses: nothing`.")
    parts = {}
    for cell, but, part in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        parts[cell] = _changed(path, cell, part.strip("\n")) if but else part.strip("\n")
    return Submission(path, parts, remaining, _lost(head, "plain nbgrader takes") or {}, bool(re.search(r"^# endless\b", head, re.M)))


def _changed(path: Path, cell: str, change: str) -> str:
    """The reference's answer in a cell with other lines in some places: `- old` lines, then the `+ new` ones; a blank line between two places."""
    reference = read(path.with_name(f"{REFERENCE}.py")).parts.get(cell)
    if reference is None:
        raise ProofError(f"{path}: {REFERENCE}.py has no cell {cell} that could be changed. Write the whole cell below `# %% {cell}`.")
    lines, places = reference.split("\n"), []
    for block in re.split(r"\n{2,}", change):
        if not re.fullmatch(r"(?:-.*\n)+(?:\+.*\n)*", f"{block}\n"):
            raise ProofError(f"{path}: the change of cell {cell} has to be `- old` lines, then `+ new` ones, and a blank line before the next place.")
        old, new = ([line[2:] for line in block.split("\n") if line[0] == mark] for mark in "-+")
        found = [start for start in range(len(lines)) if lines[start : start + len(old)] == old]
        if len(found) != 1:
            raise ProofError(f"{path}: in cell {cell} of {REFERENCE}.py these lines stand {len(found)} times, not once: {old}. Name other lines.")
        places.append((found[0], len(old), new))
    for start, count, new in sorted(places, reverse=True):
        lines[start : start + count] = new
    return "\n".join(lines)


def _lost(head: str, said: str) -> dict[str, float] | None:
    """The tests that a line of a submission's head names, and the points that are left in each; None where there is no such line."""
    line = re.search(rf"^# {said}: (.*(?:\n#  .*)*)", head, re.M)
    if not line:
        return None
    remaining: dict[str, float] = {}
    for word in re.sub(r"\n# ", " ", line.group(1)).replace(",", " ").split():
        if re.fullmatch(r"[\d.]+", word):
            remaining[list(remaining)[-1]] = float(word)
        elif word != "nothing":
            remaining[word.rstrip(":")] = 0.0
    return remaining


def prove(name: str, *, course: Path, submissions: Path, only: tuple[str, ...] = (), alone: bool = False) -> Proof:
    """Grade every submission of an assignment, by plain nbgrader and by our grader, in a course of their own.

    Args:
        name: the assignment.
        course: the folder of nbgrader_config.py and of solutions/<name>; nothing in it is changed.
        submissions: the folder with the Python files.
        only: the names of some of them; by default all.
        alone: grade each wrong one in a notebook of its own. By default they share: a student makes several mistakes, in different cells.

    Raises:
        ProofError: there is no such assignment, or a submission can not be read or handed in.
    """
    before = _cpu_seconds()
    found = [read(path) for path in sorted(submissions.glob("*.py"))]
    reference = next((submission for submission in found if submission.name == REFERENCE), None)
    if reference is None:
        raise ProofError(f"{submissions}: there is no {REFERENCE}.py. Write the instructor's own answers there: the others build on them.")
    if unknown := set(only) - {submission.name for submission in found}:
        raise ProofError(f"{submissions}: there is no submission {', '.join(sorted(unknown))}.")
    chosen = [submission for submission in found if not only or submission.name in only]
    packs = [[submission] for submission in chosen if submission.is_right]
    packs += _share([submission for submission in chosen if not submission.is_right], most=1 if alone else 8)
    with tempfile.TemporaryDirectory(prefix=f"prove-{name}-") as folder:
        own = _copy(course, name, Path(folder, "course"))
        version = _student_version(own, name)
        modules = imported_modules(cell.source for cell in nbformat.read(version, as_version=4).cells if cell.cell_type == "code")
        for pack in packs:
            _hand_in(pack, reference, version, own)
        endless = {pack[0].name: any(submission.endless for submission in pack) for pack in packs}
        with Zygote(modules) as zygote, warnings.catch_warnings():
            warnings.simplefilter("ignore", sqlalchemy.exc.SAWarning)  # of nbgrader's way to add a submission
            _autograde(own, name, endless, zygote)
            also = _points(own, name)
            try:
                got, seconds = _examine(own, name, endless, zygote)
            except GradingError as error:
                raise ProofError(str(error)) from error
    outcomes = [
        Outcome(submission, got[pack[0].name], also[pack[0].name], _expected(pack, got[pack[0].name])) for pack in packs for submission in pack
    ]
    outcomes.sort(key=lambda outcome: outcome.submission.name)
    return Proof(outcomes, len(packs), seconds, _cpu_seconds() - before, whole=not only)


def _share(submissions: list[Submission], *, most: int) -> list[list[Submission]]:
    """Deal wrong answers out to as few notebooks as can be. Those that share a cell or a lost test never meet, so each loses just what it says."""
    packs: list[list[Submission]] = []
    for new in submissions:
        for pack in packs:
            apart = all(not (new.parts.keys() & old.parts.keys() or new.remaining.keys() & old.remaining.keys()) for old in pack)
            if len(pack) < most and apart and not any(other.endless or other.plainly for other in (new, pack[0])):
                pack.append(new)
                break
        else:
            packs.append([new])
    return packs


def _copy(course: Path, name: str, folder: Path) -> Path:
    source = course / "solutions" / name
    if not source.is_dir():
        raise ProofError(f"{source}: there is no such assignment. Check its name.")
    folder.mkdir()
    shutil.copy(course / "nbgrader_config.py", folder)
    shutil.copytree(source, folder / "solutions" / name)  # follows links: the data comes along
    return folder


def _configuration(course: Path) -> Config:
    return PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()


def _api(course: Path, config: Config) -> NbGraderAPI:
    return NbGraderAPI(CourseDirectory(config=config), config=config)


def _student_version(course: Path, name: str) -> Path:
    Course(course)  # puts alembic on the path, which a new gradebook needs
    config = _configuration(course)
    made = _api(course, config).generate_assignment(name, force=True, create=True)
    version = course / "assignments" / name / f"{name}.ipynb"
    if not version.exists():
        raise ProofError(f"solutions/{name}: nbgrader makes no student version of it. {made['log'] or made['error']}")
    return version


def _hand_in(pack: list[Submission], reference: Submission, version: Path, course: Path) -> None:
    """Write the notebook that a student with these answers would submit."""
    parts = dict(reference.parts)
    for submission in pack:
        parts |= submission.parts
    notebook = nbformat.read(version, as_version=4)
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells}
    for cell, source in parts.items():
        if cell not in cells:
            owner = next(submission for submission in (*pack, reference) if cell in submission.parts)
            raise ProofError(f"{owner.path}: the assignment has no cell {cell}. Rename the part, or remove it.")
        cells[cell].source = source
    folder = course / "submitted" / pack[0].name / version.stem
    shutil.copytree(version.parent, folder)
    nbformat.write(notebook, folder / version.name)


def _autograde(course: Path, name: str, endless: dict[str, bool], zygote: Zygote) -> None:
    """What nbgrader does by itself: cells and tests in one kernel."""
    config = _configuration(course)
    config.Autograde.autograde_preprocessors = Autograde.autograde_preprocessors.default()
    config.ExecutePreprocessor.kernel_name = "warm"
    config.NotebookClient.shutdown_kernel = "immediate"
    config.NotebookClient.iopub_timeout = 60  # a busy machine takes longer than nbclient's 4 seconds to say that a cell is over
    usual = config.ExecutePreprocessor.get("timeout", 30)
    outside = os.environ.get(ADDRESS)
    os.environ[ADDRESS] = zygote.address
    try:
        for student, loops in endless.items():
            config.ExecutePreprocessor.timeout = _ENDLESS_SECONDS if loops else usual
            _api(course, config).autograde(name, student, force=True, create=True)
    finally:
        os.environ.pop(ADDRESS)
        if outside is not None:
            os.environ[ADDRESS] = outside


def _examine(course: Path, name: str, endless: dict[str, bool], zygote: Zygote) -> tuple[dict[str, Points], float]:
    """What our grader gives, notebook by notebook in this process; and the CPU-seconds of the reference."""
    place = Course(course)
    task = place.assignment(name)
    writer, seconds, found = Writer(place, task), 0.0, {}
    for student, loops in endless.items():
        settings = grader.settings_of(place, timeout=_ENDLESS_SECONDS if loops else None)
        with tempfile.TemporaryDirectory() as stage:
            graded = carry_out(Job(student, name, place.folder("submitted", student, name), Path(stage, "work")), task, settings, zygote.address)
        points = writer.points_of(graded.notebook)
        found[student] = {test: (got or 0.0, most) for test, (got, most) in points.items() if task.notebooks[name].cells[test].is_test}
        if student == REFERENCE:
            seconds = graded.cpu_seconds
    return found, seconds


def _points(course: Path, name: str) -> dict[str, Points]:
    """What plain nbgrader has put into the gradebook."""
    with Gradebook(f"sqlite:///{course}/gradebook.db", _configuration(course).CourseDirectory.course_id) as gradebook:
        return {
            submission.student.id: {
                cell.name: (cell.auto_score or 0, cell.max_score) for cell in submission.notebooks[0].grades if cell.cell_type != "markdown"
            }
            for submission in gradebook.assignment_submissions(name)
        }


def _expected(pack: list[Submission], got: Points) -> Points:
    remaining = {test: left for submission in pack for test, left in submission.remaining.items()}
    return {test: (remaining.get(test, most), most) for test, (_, most) in got.items()}


def _cpu_seconds() -> float:
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def table(proof: Proof) -> Iterator[str]:
    """The proof as lines for a person."""
    width = max(len(outcome.submission.name) for outcome in proof.outcomes)
    for outcome in proof.outcomes:
        got, most = (sum(points[place] for points in outcome.ours.values()) for place in (0, 1))
        loses = ", ".join(outcome.submission.remaining) or "nothing"
        yield f"{'NO' if outcome.faults else 'ok'}  {outcome.submission.name:{width}}  {got:4g} of {most:g}  loses {loses}"
    count, seconds = f"{len(proof.outcomes)} submissions in {proof.notebooks} notebooks", f"{proof.cpu_seconds:.0f} CPU-seconds"
    yield f"{count}, {seconds}; the reference takes {proof.reference_seconds:.1f}."
    yield from proof.faults
