"""Assignments proved good: right answers get everything, each wrong one loses what its first lines say.

Each is graded twice, by plain nbgrader and by our grader; the two must agree, cell by cell.
"""

import functools
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from conftest import ASSIGNMENTS, ROOT

CPU_SECONDS = 30
SUBMISSIONS = {name: sorted((ROOT / "tests" / "submissions" / name).glob("*.py")) for name in ASSIGNMENTS}


@dataclass(frozen=True)
class Submission:
    """A student's answers: code by cell id, and the points that are left in the tests they do not pass in full."""

    path: Path
    parts: dict[str, str]
    remaining: dict[str, float]

    @property
    def is_right(self) -> bool:
        return self.path.name.startswith("right_")


def read(path: Path) -> Submission:
    head, *rest = re.split(r"^# %% (\S+)\n", path.read_text(encoding="utf-8"), flags=re.M)
    loses = re.search(r"^# loses: (.*(?:\n#  .*)*)", head, re.M)
    assert loses, f"{path}: its first lines do not say what it loses. Add `# loses: <test>` or `# loses: nothing`."
    names = re.sub(r"\n# ", " ", loses.group(1)).replace(",", " ").split()
    remaining = {}
    for word in names:
        if word == "nothing":
            continue
        if re.fullmatch(r"[\d.]+", word):
            remaining[list(remaining)[-1]] = float(word)
        else:
            remaining[word.rstrip(":")] = 0.0
    return Submission(path, dict(zip(rest[::2], (part.strip("\n") for part in rest[1::2]), strict=True)), remaining)


def share(submissions: list[Submission], *, most: int = 4) -> list[list[Submission]]:
    """Deal the wrong answers out to as few notebooks as can be: a student makes several mistakes, in different cells.

    Mistakes that share a cell or a lost test never meet, so each still has to lose just what it says. A notebook costs about ten
    seconds, most of them imports. `--alone` deals each its own.
    """
    packs: list[list[Submission]] = []
    for new in submissions:
        for pack in packs:
            if len(pack) < most and all(not (new.parts.keys() & old.parts.keys() or new.remaining.keys() & old.remaining.keys()) for old in pack):
                pack.append(new)
                break
        else:
            packs.append([new])
    return packs


def hand_in(student: str, submissions: list[Submission], student_version: Path, course: Path) -> None:
    """Write the notebook that a student with these answers would submit."""
    parts = read(submissions[0].path.parent / "right_reference.py").parts.copy()
    for submission in submissions:
        parts |= submission.parts
    notebook = nbformat.read(student_version, as_version=4)
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells}
    for name, source in parts.items():
        assert name in cells, f"{submissions[0].path.parent}: the assignment has no cell {name}."
        cells[name].source = source
    folder = course / "submitted" / student / student_version.stem
    shutil.copytree(student_version.parent, folder)
    nbformat.write(notebook, folder / student_version.name)


def run(module: str, course: Path, *arguments: str) -> float:
    """Run nbgrader or autograder in the course's folder; the CPU-seconds it took, kernels that it started itself included."""
    # nbgrader looks for alembic on the path
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    with open(course / "log", "ab") as log:
        process = subprocess.Popen([sys.executable, "-m", module, *arguments], cwd=course, env=environment, stdout=log, stderr=log)
        _, _, usage = os.wait4(process.pid, 0)
    return usage.ru_utime + usage.ru_stime


# What nbgrader does by itself: cells and tests in one kernel.
_PLAIN = "\nc.Autograde.autograde_preprocessors = _steps\n"


@dataclass(frozen=True)
class Graded:
    """`ours[student][test]` and `plain[student][test]` are (points, of); `packs[student]` are the submissions in one notebook."""

    ours: dict[str, dict[str, tuple[float, float]]]
    plain: dict[str, dict[str, tuple[float, float]]]
    packs: dict[str, list[Submission]]
    cpu_seconds: float

    def student(self, path: Path) -> str:
        return next(student for student, pack in self.packs.items() if any(submission.path == path for submission in pack))


@functools.cache
def grade(name: str, alone: bool) -> Graded:
    """Grade all submissions of an assignment, both ways; the CPU-seconds are plain nbgrader's for the reference."""
    submissions = [read(path) for path in SUBMISSIONS[name]]
    wrong = [submission for submission in submissions if not submission.is_right]
    packs = [[submission] for submission in submissions if submission.is_right] + share(wrong, most=1 if alone else 4)
    with tempfile.TemporaryDirectory(prefix=f"{name}-") as folder:
        course = Path(folder, "ours")
        course.mkdir()
        shutil.copy(ROOT / "nbgrader_config.py", course)
        shutil.copytree(ROOT / "solutions" / name, course / "solutions" / name)
        run("nbgrader", course, "generate_assignment", name)
        student_version = course / "assignments" / name / f"{name}.ipynb"
        assert student_version.exists(), (course / "log").read_text()
        for pack in packs:
            hand_in(pack[0].path.stem, pack, student_version, course)
        plain = shutil.copytree(course, Path(folder, "plain"))
        with open(plain / "nbgrader_config.py", "a") as config:
            config.write(_PLAIN)
        cpu_seconds = run("nbgrader", plain, "autograde", name, "--student", "right_reference")
        run("nbgrader", plain, "autograde", name)
        run("autograder", course, "grade", name, "--jobs", "1")
        return Graded(points_in(course, name), points_in(plain, name), {pack[0].path.stem: pack for pack in packs}, cpu_seconds)


def points_in(course: Path, name: str) -> dict[str, dict[str, tuple[float, float]]]:
    with Gradebook(f"sqlite:///{course}/gradebook.db", "interactive-deep-learning") as gradebook:
        return {
            submission.student.id: {
                cell.name: (cell.auto_score or 0, cell.max_score) for cell in submission.notebooks[0].grades if cell.cell_type != "markdown"
            }
            for submission in gradebook.assignment_submissions(name)
        }


# One worker grades an assignment, once: see the scheduler in conftest.py for the @.
each_assignment = pytest.mark.parametrize("name", ASSIGNMENTS, ids="{}@".format)
each_submission = pytest.mark.parametrize(
    ("name", "path"), [pytest.param(name, path, id=f"{name}@{path.stem}") for name in ASSIGNMENTS for path in SUBMISSIONS[name]]
)


@pytest.fixture
def graded(name, pytestconfig) -> Graded:
    return grade(name, pytestconfig.getoption("alone"))


@each_submission
def test_a_submission_gets_its_score(graded, name, path):
    student = graded.student(path)
    points = graded.ours[student]
    remaining = {test: left for submission in graded.packs[student] for test, left in submission.remaining.items()}
    unknown = remaining.keys() - points.keys()
    assert not unknown, f"{path}: the assignment has no tests {unknown}."
    assert points == {test: (remaining.get(test, most), most) for test, (_, most) in points.items()}


@each_submission
def test_plain_nbgrader_gives_the_same(graded, name, path):
    student = graded.student(path)
    assert graded.ours[student] == graded.plain[student]


@each_assignment
def test_the_reference_is_graded_in_time(graded, name):
    assert 0 < graded.cpu_seconds <= CPU_SECONDS


@each_assignment
def test_every_test_can_fail(graded, name):
    lost = {test for scores in graded.ours.values() for test, (score, most) in scores.items() if score < most}
    assert lost == set(graded.ours["right_reference"]), "a test that no wrong submission fails proves nothing: add one that does"


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_enough_submissions(name):
    submissions = [read(path) for path in SUBMISSIONS[name]]
    wrong = [submission for submission in submissions if not submission.is_right]
    assert sum(submission.is_right for submission in submissions) >= 3
    assert len(wrong) >= 8
    assert all(submission.remaining for submission in wrong), "a wrong answer that loses nothing"
    assert all(submission.path.name.startswith("wrong_") for submission in wrong)
    assert not any(submission.remaining for submission in submissions if submission.is_right)
