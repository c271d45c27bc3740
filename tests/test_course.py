"""The nbgrader cycle as the README shows it: plain commands, two students, from release to export."""

import csv
import os
import re
import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest

from autograder.document import load
from autograder.linting.contract import hidden_lines
from autograder.proof import read
from conftest import ROOT

NAME = "classification-1"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A fresh clone's course folder."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    for part in ("solutions", "assignments"):
        shutil.copytree(ROOT / part / NAME, folder / part / NAME)
    return folder


def nbgrader(course: Path, *arguments: str, student: str | None = None, ok: bool = True) -> str:
    """One command of the README, as a person types it. A student is a person with a home folder of their own."""
    environment = {**os.environ, "HOME": str(course / "homes" / (student or "instructor")), "PATH": f"{ROOT / '.venv/bin'}:{os.environ['PATH']}"}
    Path(environment["HOME"]).mkdir(parents=True, exist_ok=True)
    command = ["nbgrader", *arguments, *(["--student", student] if student else [])]
    result = subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True, check=False)
    assert (result.returncode == 0) == ok, result.stderr
    return result.stderr


def answer(course: Path, submission: str) -> None:
    """Do the assignment in work/, as a student does in JupyterLab."""
    path = course / "work" / NAME / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    reference = read(ROOT / "tests" / "submissions" / NAME / "right_reference.py").parts
    parts = {**reference, **read(ROOT / "tests" / "submissions" / NAME / f"{submission}.py").parts}
    for cell in notebook.cells:
        cell.source = parts.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
    nbformat.write(notebook, path)


@pytest.fixture(scope="module")
def graded(course):
    """The whole cycle; ada answers everything, bob leaves one cell as it was."""
    nbgrader(course, "generate_assignment", NAME)
    nbgrader(course, "release_assignment", NAME)
    for student, submission in (("ada", "right_reference"), ("bob", "wrong_empty_cell")):
        nbgrader(course, "fetch_assignment", NAME, student=student)
        answer(course, submission)
        nbgrader(course, "submit", NAME, student=student)
        shutil.rmtree(course / "work")
    nbgrader(course, "collect", NAME)
    nbgrader(course, "autograde", NAME)
    nbgrader(course, "generate_feedback", NAME)
    nbgrader(course, "release_feedback", NAME)
    nbgrader(course, "export")
    return course


def test_grades_are_exported(graded):
    with open(graded / "grades.csv", newline="") as file:
        scores = {row["student_id"]: (float(row["score"]), float(row["max_score"])) for row in csv.DictReader(file)}
    assert scores.keys() == {"ada", "bob"}
    source = load(ROOT / "solutions" / NAME / f"{NAME}.ipynb")
    by_hand = sum(cell.grading["points"] for cell in source.markdown if cell.grading.get("grade"))
    assert scores["bob"][0] < scores["ada"][0]
    assert scores["ada"][1] - scores["ada"][0] == by_hand, "all but the question that a person grades"


def test_what_a_student_fetches_holds_no_solution(graded):
    nbgrader(graded, "fetch_assignment", NAME, student="eve")
    text = (graded / "work" / NAME / f"{NAME}.ipynb").read_text()
    shutil.rmtree(graded / "work")
    assert "BEGIN HIDDEN TESTS" not in text
    assert "BEGIN SOLUTION" not in text
    assert "MARK SCHEME" not in text


def test_a_student_gets_feedback_without_hidden_tests(graded):
    for student in ("ada", "bob"):
        (page,) = (graded / "feedback" / student / NAME).glob("*.html")
        text = re.sub(r"<[^>]+>", "", page.read_text())
        text = text.replace("&quot;", '"').replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        assert "BEGIN HIDDEN TESTS" not in text
        assert "hidden tests ran here" in text
        source = load(ROOT / "solutions" / NAME / f"{NAME}.ipynb")
        tests = [cell for cell in source.code if cell.grading.get("grade")]
        visible = "\n".join(re.sub(r"### BEGIN HIDDEN TESTS.*?### END HIDDEN TESTS", "", cell.source, flags=re.S) for cell in source.cells)
        submitted = "\n".join(read(ROOT / "tests" / "submissions" / NAME / "right_reference.py").parts.values())
        secrets = {line for cell in tests for line in hidden_lines(cell.source) if line not in visible + submitted}
        assert secrets
        assert [line for line in secrets if line in text] == []


def test_a_student_fetches_the_feedback(graded):
    nbgrader(graded, "fetch_feedback", NAME, student="bob")
    pages = list((graded / "work" / NAME / "feedback").rglob("*.html"))
    assert len(pages) == 1
    assert "NotImplementedError" in pages[0].read_text()


def test_a_second_run_changes_nothing(graded):
    before = (graded / "grades.csv").read_text()
    nbgrader(graded, "autograde", NAME)
    nbgrader(graded, "export")
    assert (graded / "grades.csv").read_text() == before
