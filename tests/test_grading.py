"""The grader on small courses: the same grades as nbgrader's, whatever is handed in, whenever it is killed."""

import contextlib
import dataclasses
import hashlib
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import nbgrader.docs
import psutil
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader import preprocessors, utils
from nbgrader.api import Gradebook
from nbgrader.nbgraderformat import MetadataValidator

from autograder import grading
from autograder.examiner.settings import Settings
from autograder.grading import course as courses
from autograder.grading import grader, intake, workers
from autograder.grading.commands import main
from autograder.grading.course import Course
from autograder.grading.ledger import Ledger
from autograder.grading.progress import Progress
from autograder.kernels import Zygote, ZygoteError

few = settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])


# A course -------------------------------------------------------------------------------------------------------------


def run(*command: str, cwd: Path) -> str:
    """Run a program of the environment; what it printed."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run([sys.executable, "-m", *command], cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def graded_cell(name: str, source: str, *, code: bool = True, points: float | None = None, solution: bool = False, locked: bool = False, tags=()):
    grading = {"schema_version": 3, "grade_id": name, "grade": points is not None, "solution": solution, "locked": locked, "task": False}
    if points is not None:
        grading["points"] = points
    metadata = {"nbgrader": grading} | ({"tags": list(tags)} if tags else {})
    return (new_code_cell if code else new_markdown_cell)(source, metadata=metadata, id=name)


def solution(body: str) -> str:
    return f"### BEGIN SOLUTION\n{body}\n### END SOLUTION"


def tiny() -> nbformat.NotebookNode:
    """An assignment that needs no library: set-up, two answers with tests, a rate that gives part of its points, a text."""
    cells = [
        new_markdown_cell("# Tiny", id="title"),
        graded_cell("setup", "import math\nunit = 10", locked=True),
        graded_cell("answer-add", "def add(a, b):\n    " + solution("    return a + b").replace("\n", "\n    "), solution=True),
        graded_cell(
            "test-add",
            "assert add(1, 2) == 3, 'one and two'\n"
            "### BEGIN HIDDEN TESTS\nassert add(-1, 2) == 1, 'below zero'\nassert add(unit, 0) == 10\n### END HIDDEN TESTS",
            points=2,
            locked=True,
        ),
        new_code_cell("print('a cell of the text')", id="plain"),
        graded_cell("answer-total", solution("total = math.fsum([0.1] * 10)"), solution=True),
        graded_cell("test-total", "assert abs(total - 1) < 1e-12, 'the sum'", points=1, locked=True),
        graded_cell("test-rate", "round(min(max(total, 0), 2) / 2, 2)", points=1, locked=True),
        graded_cell("essay", solution("Because."), code=False, points=3, solution=True),
    ]
    return new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> Path:
    """The course as the instructor made it; nothing is handed in."""
    root = tmp_path_factory.mktemp("courses") / "tiny"
    (root / "source" / "tiny").mkdir(parents=True)
    nbformat.write(tiny(), root / "source" / "tiny" / "tiny.ipynb")
    (root / "source" / "tiny" / "data.csv").write_text("a,b\n1,2\n")
    (root / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'tiny'\nc.LateSubmissionPlugin.penalty_method = 'zero'\n"
    )
    run("nbgrader", "generate_assignment", "tiny", cwd=root)
    return root


@pytest.fixture
def course(template, tmp_path) -> Path:
    return shutil.copytree(template, tmp_path / "course")


@pytest.fixture(scope="session")
def assignment(template):
    return Course(template).assignment("tiny")


RIGHT = {"answer-add": "def add(a, b):\n    return a + b", "answer-total": "total = 1.0", "essay": "Because it is so."}
WRONG = {**RIGHT, "answer-add": "def add(a, b):\n    return abs(a) + b"}


def released(course: Path) -> nbformat.NotebookNode:
    return nbformat.read(course / "release" / "tiny" / "tiny.ipynb", as_version=4)


def hand_in(course: Path, student: str, answers: dict[str, str], *, timestamp: str | None = None) -> Path:
    """Write a submission; the notebook's path."""
    notebook = released(course)
    for cell in notebook.cells:
        cell.source = answers.get(intake.grade_id(cell), cell.source)
    folder = course / "submitted" / student / "tiny"
    folder.mkdir(parents=True)
    shutil.copy(course / "release" / "tiny" / "data.csv", folder)
    if timestamp:
        (folder / "timestamp.txt").write_text(timestamp)
    nbformat.write(notebook, folder / "tiny.ipynb")
    return folder / "tiny.ipynb"


def change(path: Path, edit) -> None:
    raw = json.loads(path.read_text())
    edit(raw)
    path.write_text(json.dumps(raw))


def by_name(raw: dict, name: str) -> dict:
    return next(cell for cell in raw["cells"] if cell["metadata"].get("nbgrader", {}).get("grade_id") == name)


def gradebook(course: Path) -> dict[str, list]:
    """Everything in the gradebook that is not a random key."""
    notebook = "join notebook n on s.notebook_id = n.id join submitted_assignment a on s.assignment_id = a.id"
    cell = f"join base_cell c on g.cell_id = c.id join submitted_notebook s on g.notebook_id = s.id {notebook}"
    queries = {
        "grades": f"select a.student_id, n.name, c.name, c.type, auto_score, manual_score, extra_credit, needs_manual_grade from grade g {cell}",
        "comments": f"select a.student_id, n.name, c.name, auto_comment, manual_comment from comment g {cell}",
        "notebooks": f"select a.student_id, n.name, flagged, late_submission_penalty from submitted_notebook s {notebook}",
        "submissions": "select student_id, timestamp, extension from submitted_assignment",
        "students": "select * from student",
        "courses": "select * from course",
    }
    with contextlib.closing(sqlite3.connect(course / "gradebook.db")) as database:
        assert database.execute("pragma integrity_check").fetchall() == [("ok",)]
        return {name: sorted(database.execute(query), key=repr) for name, query in queries.items()}


def scores(course: Path, student: str) -> dict[str, float | None]:
    return {row[2]: row[4] for row in gradebook(course)["grades"] if row[0] == student}


def files(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}


def tree(folder: Path) -> dict[str, int]:
    """Names and permissions."""
    return {str(path.relative_to(folder)): path.stat().st_mode for path in sorted(folder.rglob("*"))}


def lines(course: Path) -> list[dict]:
    return [json.loads(line) for line in (course / "ledger.jsonl").read_text().splitlines()]


def command(course: Path, *arguments: str):
    return CliRunner().invoke(main, [*arguments, "--course", str(course)])


# Intake: any notebook at all ------------------------------------------------------------------------------------------

texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40)
honest_edits = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), st.sampled_from(["answer-add", "answer-total", "essay"]), texts),
        st.tuples(st.just("own"), st.integers(0, 9), texts),
        st.tuples(st.just("run"), st.integers(0, 8), texts),
        st.tuples(st.just("scroll"), st.integers(0, 8), st.booleans()),
    ),
    max_size=6,
)


def edit_honestly(notebook: nbformat.NotebookNode, edits: list) -> None:
    """What Jupyter lets a student do."""
    for kind, where, what in edits:
        if kind == "answer":
            next(cell for cell in notebook.cells if intake.grade_id(cell) == where).source = what
        elif kind == "own":
            cell = new_markdown_cell(what) if len(what) % 2 else new_code_cell(what)
            cell.id = f"own-{len(notebook.cells)}"
            notebook.cells.insert(where, cell)
        elif notebook.cells[where].cell_type == "code" and kind == "run":
            notebook.cells[where].execution_count = len(what)
            notebook.cells[where].outputs = [new_output("stream", name="stdout", text=what)]
        elif kind == "scroll":
            notebook.cells[where].metadata.update(scrolled=what, collapsed=not what)


@few
@given(honest_edits)
def test_an_honest_notebook_is_sanitised_as_nbgrader_does_it(template, assignment, edits):
    notebook = released(template)
    edit_honestly(notebook, edits)
    text = nbformat.writes(notebook)
    expected = nbformat.reads(text, as_version=4)
    resources = {"nbgrader": {"notebook": "tiny", "assignment": "tiny", "student": "ada", "db_url": Course(template).database}}
    for step in ("ClearOutput", "DeduplicateIds", "OverwriteKernelspec", "OverwriteCells", "CheckCellMetadata"):
        expected, _ = getattr(preprocessors, step)().preprocess(expected, resources)
    received = intake.sanitise(json.loads(text), assignment.notebooks["tiny"])
    assert received.notebook == expected
    assert not received.withheld
    assert not received.reasons


junk = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)
dishonest_edits = st.lists(
    st.one_of(
        st.tuples(st.just("delete"), st.integers(0, 12), st.none()),
        st.tuples(st.just("copy"), st.integers(0, 12), st.integers(0, 12)),
        st.tuples(st.just("move"), st.integers(0, 12), st.integers(0, 12)),
        st.tuples(st.just("junk"), st.integers(0, 12), junk),
        st.tuples(st.sampled_from(["cell_type", "source", "metadata", "id", "attachments", "outputs"]), st.integers(0, 12), junk),
        st.tuples(st.just("cell_type"), st.integers(0, 12), st.sampled_from(["code", "markdown", "raw", "heading"])),
        st.tuples(
            st.sampled_from(["grade", "solution", "locked", "task", "points", "grade_id", "checksum", "cell_type"]).map("nbgrader.".__add__),
            st.integers(0, 12),
            junk,
        ),
        st.tuples(st.sampled_from(["grade", "solution", "locked", "task"]).map("nbgrader.".__add__), st.integers(0, 12), st.booleans()),
        st.tuples(st.just("nbgrader.grade_id"), st.integers(0, 12), st.sampled_from(["test-add", "setup", "essay", "answer-add", "other"])),
        st.tuples(st.just("tags"), st.integers(0, 12), st.sampled_from([["skip-execution"], ["examine-inside"], ["raises-exception", "mine"]])),
        st.tuples(st.sampled_from(["metadata", "nbformat_minor", "cells"]).map("top.".__add__), st.just(0), junk),
    ),
    max_size=8,
)


def edit_dishonestly(raw: dict, edits: list) -> None:
    for kind, where, what in edits:
        cells = raw["cells"] if isinstance(raw["cells"], list) else []
        if kind.startswith("top."):
            raw[kind[4:]] = what
        elif kind == "junk" and cells:
            cells[where % len(cells)] = what
        elif cells and isinstance(cell := cells[where % len(cells)], dict):
            metadata = cell.get("metadata") if isinstance(cell.get("metadata"), dict) else {}
            if kind == "delete":
                cells.remove(cell)
            elif kind == "copy":
                cells.insert(what, json.loads(json.dumps(cell)))
            elif kind == "move":
                cells.remove(cell)
                cells.insert(what, cell)
            elif kind.startswith("nbgrader."):
                if isinstance(metadata.get("nbgrader"), dict):
                    metadata["nbgrader"][kind[9:]] = what
            elif kind == "tags":
                metadata["tags"] = what
            else:
                cell[kind] = what


@settings(few, max_examples=300)
@given(dishonest_edits, st.booleans())
def test_no_edit_changes_what_the_instructor_asks(template, assignment, edits, restore):
    raw = json.loads(nbformat.writes(released(template)))
    edit_dishonestly(raw, edits)
    source = assignment.notebooks["tiny"]
    received = intake.sanitise(raw, source, restore_tests=restore)
    nbformat.validate(received.notebook)
    MetadataValidator().validate_nb(received.notebook)
    nbformat.writes(received.notebook).encode()
    named = [cell for cell in received.notebook.cells if "nbgrader" in cell.metadata and intake.grade_id(cell)]
    for cell in named:
        known = source.cells[intake.grade_id(cell)]
        assert cell.cell_type == known.cell_type
        assert (utils.is_grade(cell), utils.is_solution(cell), utils.is_locked(cell)) == (known.grade, known.solution, known.locked)
        assert cell.metadata.nbgrader.get("points") == known.points
        if known.locked:
            assert cell.source == known.source
            assert not set(cell.metadata.get("tags", [])) & {"skip-execution", "examine-inside", "raises-exception"}
    locked = [intake.grade_id(cell) for cell in named if utils.is_locked(cell)]
    assert locked == [name for name, known in source.cells.items() if known.locked], "each once, in the instructor's order"
    for cell in received.notebook.cells:
        if cell not in named:
            assert not (utils.is_grade(cell) or utils.is_solution(cell) or utils.is_locked(cell) or utils.is_task(cell))
    assert not restore or not any(source.cells[name].is_test for name in received.withheld)
    graded = received.with_outputs(received.to_run())
    assert {name for name in received.withheld if source.cells[name].is_test} == {
        intake.grade_id(cell) for cell in graded.cells if utils.is_grade(cell) and not utils.is_solution(cell) and utils.determine_grade(cell)[0] == 0
    }


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not JSON"),
        (b'{"cells": [', "not JSON"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"[1, 2]", "not a notebook"),
        (b'{"nbformat": 4}', "no list of cells"),
        (b'{"nbformat": 9, "cells": []}', "format 9"),
        (b'{"nbformat": 3, "worksheets": 7}', "format 3"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"nbformat": ' + b"9" * 10_000 + b"}", "not JSON"),
        (b'{"nbformat": 4, "cells": []}' + b" " * intake.MAX_NOTEBOOK, "MiB"),
    ],
)
def test_what_is_no_notebook_fails_every_test_and_says_why(assignment, tmp_path, content, reason):
    path = tmp_path / "tiny.ipynb"
    path.write_bytes(content)
    received = intake.receive(path, assignment.notebooks["tiny"])
    assert not received.runs
    assert reason in received.reasons[0] and "tiny.ipynb" in received.reasons[0]
    graded = received.with_outputs(None)
    nbformat.validate(graded)
    tests = {intake.grade_id(cell): utils.determine_grade(cell)[0] for cell in graded.cells if utils.is_grade(cell)}
    assert tests == {"test-add": 0, "test-total": 0, "test-rate": 0, "essay": 0}


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/etc/passwd"), os.mkdir, lambda path: os.link(__file__, path)])
def test_a_notebook_that_is_no_plain_file(assignment, tmp_path, make):
    if make is os.link and Path(__file__).stat().st_dev != tmp_path.stat().st_dev:
        pytest.skip("no hard link across file systems")
    path = tmp_path / "tiny.ipynb"
    try:
        make(path)
    except OSError:
        pytest.skip("this file system makes none")
    received = intake.receive(path, assignment.notebooks["tiny"])
    assert not received.runs and len(received.reasons) == 1


def test_an_old_format_is_converted(assignment, template, tmp_path):
    notebook = nbformat.convert(released(template), 3)
    path = tmp_path / "tiny.ipynb"
    path.write_text(nbformat.writes(notebook, version=3))
    received = intake.receive(path, assignment.notebooks["tiny"])
    assert received.runs and not received.withheld


def test_halves_of_characters_and_long_cells(assignment, template):
    raw = json.loads(nbformat.writes(released(template)))
    by_name(raw, "answer-add")["source"] = "s = '\ud800'"
    by_name(raw, "answer-total")["source"] = "x" * (intake.MAX_CELL + 1)
    received = intake.sanitise(raw, assignment.notebooks["tiny"])
    nbformat.writes(received.notebook).encode()
    found = {intake.grade_id(cell): cell.source for cell in received.notebook.cells}
    assert found["answer-add"] == "s = '?'"
    assert found["answer-total"] == ""
    assert any("answer-total" in reason and "MiB" in reason for reason in received.reasons)


def test_only_the_instructors_tag_takes_a_test_inside(course, assignment):
    source = nbformat.read(course / "source" / "tiny" / "tiny.ipynb", as_version=4)
    by_name(source, "test-total")["metadata"]["tags"] = ["examine-inside"]
    nbformat.write(source, course / "source" / "tiny" / "tiny.ipynb")
    raw = json.loads(nbformat.writes(released(course)))
    by_name(raw, "test-add")["metadata"]["tags"] = ["examine-inside", "mine"]
    cells = intake.sanitise(raw, Course(course).assignment("tiny").notebooks["tiny"]).notebook.cells
    tags = {intake.grade_id(cell): cell.metadata.get("tags") for cell in cells}
    assert tags["test-add"] == ["mine"]
    assert tags["test-total"] == ["examine-inside"]


def test_only_plain_files_of_the_student_go_beside_the_notebook(course, assignment, tmp_path, monkeypatch):
    folder = hand_in(course, "ada", RIGHT).parent
    (folder / "data.csv").write_text("the student's own")
    (folder / "kept" / "deep").mkdir(parents=True)
    (folder / "kept" / "deep" / "notes.txt").write_text("kept")
    (folder / "link.txt").symlink_to(course / "gradebook.db")
    (folder / "folder-link").symlink_to(course)
    os.link(course / "gradebook.db", folder / "hard.db")
    os.mkfifo(folder / "pipe")
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as server, contextlib.chdir(folder):
        server.bind("socket")
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "x.pyc").write_text("ignored")
    with open(os.fsencode(folder) + b"/bad-\xff", "w"):
        pass
    (folder / "timestamp.txt").write_text("not a time")
    stage = tmp_path / "stage"
    stage.mkdir()
    said = " ".join(intake.stage(folder, stage, assignment))
    assert set(files(stage)) == {"data.csv", "kept/deep/notes.txt"}
    assert (stage / "data.csv").read_text() == "a,b\n1,2\n", "the instructor's file wins"
    assert not any(path.is_symlink() for path in stage.rglob("*"))
    for word in (
        "link.txt is a link",
        "folder-link is a link",
        "hard.db is a hard link",
        "pipe is not a plain file",
        "socket is not",
        "UTF-8",
        "timestamp.txt",
    ):
        assert word in said
    monkeypatch.setattr(intake, "MAX_FILES", 3)
    assert "more than 3 files" in " ".join(intake.stage(folder, stage, assignment))


def test_a_file_in_the_place_of_a_folder(course, assignment, tmp_path):
    folder = hand_in(course, "ada", RIGHT).parent
    (folder / "data.csv").unlink()
    (folder / "data.csv").mkdir()
    (folder / "data.csv" / "inside").write_text("x")
    stage = tmp_path / "stage"
    stage.mkdir()
    assert "data.csv/inside" in intake.stage(folder, stage, assignment)[0]
    assert (stage / "data.csv").read_text() == "a,b\n1,2\n"


# The same grades as nbgrader ------------------------------------------------------------------------------------------


def assert_same_as_nbgrader(ours: Path, name: str) -> None:
    """Grade a copy with plain nbgrader; gradebook and autograded folder must agree."""
    plain = shutil.copytree(ours, ours.with_name("plain"))
    run("nbgrader", "autograde", name, cwd=plain)
    results = grading.grade(ours, name, jobs=2)
    assert all(result.is_graded for result in results)
    assert gradebook(ours) == gradebook(plain)
    assert tree(ours / "autograded") == tree(plain / "autograded")
    for path in (plain / "autograded").rglob("*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        graded = nbformat.read(ours / "autograded" / path.relative_to(plain / "autograded"), as_version=4).cells
        assert [(cell.cell_type, cell.source, cell.metadata.get("nbgrader")) for cell in graded] == [
            (cell.cell_type, cell.source, cell.metadata.get("nbgrader")) for cell in cells
        ]


def test_the_quickstart_course_is_graded_as_by_nbgrader(tmp_path):
    run("nbgrader", "quickstart", "course", cwd=tmp_path)
    course = tmp_path / "course"
    run("nbgrader", "generate_assignment", "ps1", cwd=course)
    shutil.copytree(Path(nbgrader.docs.__path__[0]) / "source" / "user_guide" / "submitted", course / "submitted")
    right = shutil.copytree(course / "release" / "ps1", course / "submitted" / "right" / "ps1")

    def answer(raw):
        by_name(raw, "squares")["source"] = "def squares(n):\n    if n < 1:\n        raise ValueError\n    return [i ** 2 for i in range(1, n + 1)]"
        by_name(raw, "sum_of_squares")["source"] = "def sum_of_squares(n):\n    return sum(squares(n))"

    change(right / "problem1.ipynb", answer)
    alone = shutil.copytree(right, course / "submitted" / "one-notebook" / "ps1")
    (alone / "problem2.ipynb").unlink()
    change(
        alone / "problem1.ipynb",
        lambda raw: by_name(raw, "sum_of_squares").update(source="def sum_of_squares(n):\n    return n * (n + 1) * (2 * n + 1) // 6"),
    )
    assert_same_as_nbgrader(course, "ps1")
    assert sum(points or 0 for points in scores(course, "right").values()) == 3
    run("nbgrader", "generate_feedback", "ps1", cwd=course)
    assert (course / "feedback" / "right" / "ps1" / "problem1.html").exists()


answers = st.fixed_dictionaries(
    {
        "answer-add": st.sampled_from(
            [
                RIGHT["answer-add"],
                WRONG["answer-add"],
                "add = lambda a, b: sum((a, b))",
                "import operator\nadd = operator.add",
                "def add(a, b):\n    print('adding')\n    return a + b",
                "def add(a, b):\n    import sys\n    print('oh', file=sys.stderr)\n    return a + b",
                "def add(a, b):\n    raise KeyError(a)",
                "def add(a):\n    return a",
                "def add(a, b:",
                "1 / 0",
                "",
            ]
        ),
        "answer-total": st.sampled_from(
            ["total = 1.0", "total = sum([0.1] * 10)", "total = 0.5", "total = 7", "total = -3", "total = 'one'", "del math", "total = unit / 10"]
        ),
        "essay": st.sampled_from(["YOUR ANSWER HERE", "Because.", ""]),
    }
)
times = st.sampled_from([None, "2020-01-01 10:00:00 UTC", "2020-02-01 10:00:00.5 UTC"])


@settings(few, max_examples=2, phases=[Phase.generate])
@given(st.lists(st.tuples(answers, times), min_size=5, max_size=5))
def test_honest_submissions_are_graded_as_by_nbgrader(template, tmp_path_factory, submissions):
    course = shutil.copytree(template, tmp_path_factory.mktemp("honest") / "course")
    with Gradebook(Course(course).database, "tiny") as book:
        book.update_or_create_assignment("tiny", duedate="2020-01-15 00:00:00 UTC")
    for number, (given_answers, time_) in enumerate(submissions):
        hand_in(course, f"student-{number}", given_answers, timestamp=time_)
    assert_same_as_nbgrader(course, "tiny")


def of_four(course: Path) -> Path:
    hand_in(course, "ada", RIGHT)
    hand_in(course, "bob", WRONG)
    hand_in(course, "cyd", {"essay": "Because."})
    hand_in(course, "dan", {**RIGHT, "answer-total": "total = 0.5"})
    return course


@pytest.fixture
def class_of_four(course) -> Path:
    return of_four(course)


EXPECTED = {
    "ada": {"test-add": 2, "test-total": 1, "test-rate": 0.5, "essay": None},
    "bob": {"test-add": 0, "test-total": 1, "test-rate": 0.5, "essay": None},
    "cyd": {"test-add": 0, "test-total": 0, "test-rate": 0, "essay": None},
    "dan": {"test-add": 2, "test-total": 0, "test-rate": 0.25, "essay": None},
}


def assert_as_expected(course: Path) -> None:
    """Everybody has the right points, once in the ledger, and nothing is left over."""
    assert {student: scores(course, student) for student in EXPECTED} == EXPECTED
    assert sorted(line["student"] for line in lines(course)) == sorted(EXPECTED)
    assert all((course / "autograded" / student / "tiny" / "tiny.ipynb").exists() for student in EXPECTED)


def test_parallel_equals_serial_and_a_second_run_changes_nothing(class_of_four):
    serial = shutil.copytree(class_of_four, class_of_four.with_name("serial"))
    results = grading.grade(class_of_four, "tiny", jobs=3)
    one_by_one = grading.grade(serial, "tiny", jobs=1)
    assert gradebook(class_of_four) == gradebook(serial)
    assert [(result.student, result.points, result.cells) for result in results] == [
        (result.student, result.points, result.cells) for result in one_by_one
    ]
    assert files(class_of_four / "autograded") == files(serial / "autograded")
    assert_as_expected(class_of_four)
    before = files(class_of_four)
    again = grading.grade(class_of_four, "tiny", jobs=3)
    assert files(class_of_four) == before
    assert [result.status for result in again] == ["unchanged"] * 4
    assert [result.points for result in again] == [result.points for result in results]
    # what has changed, and only that
    change(class_of_four / "submitted" / "bob" / "tiny" / "tiny.ipynb", lambda raw: by_name(raw, "answer-add").update(source=RIGHT["answer-add"]))
    shutil.rmtree(class_of_four / "autograded" / "cyd")
    statuses = {result.student: result.status for result in grading.grade(class_of_four, "tiny", jobs=2)}
    assert statuses == {"ada": "unchanged", "bob": "graded", "cyd": "graded", "dan": "unchanged"}
    assert scores(class_of_four, "bob")["test-add"] == 2
    forced = grading.grade(class_of_four, "tiny", students=["ada"], force=True)
    assert [(result.student, result.status, result.points) for result in forced] == [("ada", "graded", 3.5)]
    assert len(lines(class_of_four)) == 7
    verified = grading.verify(class_of_four, sample=2, seed=1)
    assert (verified.lines, verified.replayed, verified.differences) == (7, 2, [])


def test_what_cannot_be_read_costs_its_own_points_and_nobody_elses(course):
    hand_in(course, "ada", RIGHT)
    change(hand_in(course, "deleted", RIGHT), lambda raw: raw["cells"].remove(by_name(raw, "test-add")))
    change(hand_in(course, "no-setup", RIGHT), lambda raw: raw["cells"].remove(by_name(raw, "setup")))
    hand_in(course, "cut", RIGHT).write_text('{"cells": [')
    change(
        hand_in(course, "greedy", {**RIGHT, "answer-total": "class L(float):\n    pass\ntotal = 1.0"}),
        lambda raw: by_name(raw, "test-rate")["metadata"]["nbgrader"].update(points=100),
    )
    hand_in(course, "misnamed", RIGHT).rename(course / "submitted" / "misnamed" / "tiny" / "tiny (1).ipynb")
    done = command(course, "grade", "tiny", "--json", "--jobs", "2")
    assert done.exit_code == 1, "one is not graded"
    results = {result["student"]: result for result in json.loads(done.stdout)}
    assert {student: result["points"] for student, result in results.items()} == {
        "ada": 3.5,
        "cut": 0,
        "deleted": 1.5,
        "greedy": 3.5,
        "misnamed": None,
        "no-setup": 3.5,
    }
    assert "deleted" in results["deleted"]["cells"]["tiny"]["test-add"]["reason"]
    assert "not JSON" in results["cut"]["cells"]["tiny"]["test-total"]["reason"]
    assert "no notebook of the assignment" in results["misnamed"]["notes"][0]
    assert "points" in results["greedy"]["notes"][0]
    assert scores(course, "deleted")["test-add"] == 0
    stored = nbformat.read(course / "autograded" / "cut" / "tiny" / "tiny.ipynb", as_version=4)
    assert [cell.outputs[0].ename for cell in stored.cells if intake.grade_id(cell) == "test-add"] == ["NotGraded"]
    assert "misnamed" not in {row[0] for row in gradebook(course)["submissions"]}
    shown = command(course, "grade", "tiny")
    assert shown.exit_code == 1
    assert "not graded" in shown.stdout and "ada" in shown.stdout and "3.5" in shown.stdout


def test_a_value_that_cannot_be_points_gives_none(course):
    hand_in(course, "ada", {**RIGHT, "answer-total": "total = 1.0\nmin = lambda *_: 50"})
    found = nbformat.from_dict({"cells": [graded_cell("test-rate", "rate()", points=1)]}).cells[0]
    found.outputs = [new_output("execute_result", data={"text/plain": "25.0"})]
    graded = workers.Graded(new_notebook(cells=[found]), "", {}, [])
    settled = workers._settle(graded)
    assert utils.determine_grade(settled.notebook.cells[0])[0] == 0
    assert "cannot be greater" in settled.reasons["test-rate"]


# Killed ---------------------------------------------------------------------------------------------------------------


def family(process: subprocess.Popen) -> list[psutil.Process]:
    """A grader's workers, zygote and kernels, as they are now."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return psutil.Process(process.pid).children(recursive=True)
    return []


def wait_for(process: subprocess.Popen, word: str) -> None:
    """Until the grader has such a child, or has nothing to do."""
    while process.poll() is None:
        with contextlib.suppress(psutil.NoSuchProcess):
            if any(word in child.cmdline() for child in family(process)):
                return
        time.sleep(0.05)


def wait_for_work(process: subprocess.Popen) -> None:
    """Until workers or kernels run beside the zygote, or the grader has nothing to do."""
    while process.poll() is None and len(family(process)) <= 2:
        time.sleep(0.02)


def left_over(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those that outlive their grader."""
    return psutil.wait_procs(processes, timeout=60)[1]  # one that is still importing sees it only then


def job_folders() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob("autograder-jobs-*"))


def start(course: Path, *arguments: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "autograder.grading.commands", "grade", "tiny", "--jobs", "2", "--course", str(course), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


class Prepared:
    """A pool that has graded everything already: what is left is to write it down."""

    answers: dict[str, workers.Graded] = {}

    def __init__(self, *_, **__):
        self.folder = Path(os.environ["PREPARED_FOLDER"])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def forget(self, job):
        pass

    def results(self, queue):
        for job in queue:
            shutil.rmtree(job.stage, ignore_errors=True)
            job.stage.mkdir(parents=True)
            (job.stage / "data.csv").write_text("a,b\n1,2\n")
            yield job, self.answers[job.student]


@pytest.fixture(scope="session")
def examined(template, tmp_path_factory) -> dict[str, workers.Graded]:
    """What the workers say of the class of four."""
    course = of_four(shutil.copytree(template, tmp_path_factory.mktemp("examined") / "course"))
    jobs = [workers.Job(student, "tiny", folder, Path()) for student, folder in Course(course).submissions("tiny").items()]
    with workers.Pool(2, Course(course).assignment("tiny"), Settings(), preload=[]) as pool:
        placed = [dataclasses.replace(job, stage=pool.folder / job.student) for job in jobs]
        return {answer[0].student: answer[1] for answer in pool.results(placed) if answer}


@pytest.fixture
def prepared(class_of_four, examined, tmp_path, monkeypatch) -> Path:
    """A class whose notebooks have been examined; grading it only writes."""
    monkeypatch.setattr(Prepared, "answers", examined)
    monkeypatch.setattr(grader, "Pool", Prepared)
    monkeypatch.setenv("PREPARED_FOLDER", str(tmp_path / "stages"))
    return class_of_four


def grade_in_child(course: Path) -> int:
    """Fork a grader; its process id."""
    pid = os.fork()
    if pid == 0:
        try:
            grading.grade(course, "tiny")
        finally:
            os._exit(0)
    return pid


def test_killed_while_writing_nothing_is_lost_or_doubled(prepared, tmp_path):
    reference = shutil.copytree(prepared, tmp_path / "reference")
    began = time.monotonic()
    grading.grade(reference, "tiny")
    takes = time.monotonic() - began
    drawn = random.Random(3)
    for round_ in range(5):
        course = shutil.copytree(prepared, tmp_path / f"round-{round_}")
        for _ in range(8):
            pid = grade_in_child(course)
            time.sleep(drawn.uniform(0, takes * 0.6))
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        grading.grade(course, "tiny")
        assert_as_expected(course)
        assert gradebook(course) == gradebook(reference)
        assert files(course / "autograded") == files(reference / "autograded")
        before = files(course)
        grading.grade(course, "tiny")
        assert files(course) == before


def test_killed_at_any_moment_it_goes_on_and_leaves_nothing_behind(class_of_four):
    folders = job_folders()
    drawn = random.Random(4)
    most, killed = 0, []
    for round_ in range(8):
        process = start(class_of_four)
        if round_ % 2:
            wait_for_work(process)  # whatever else the machine does: the first rounds leave something to do
            time.sleep(drawn.uniform(0, 1))
        else:
            wait_for(process, "-m")
            time.sleep(drawn.uniform(0, 4))
        running = family(process)
        process.kill()
        process.communicate()
        killed += running
        most = max(most, len(running))
    assert not left_over(killed)
    assert most > 2, "it was never killed while workers or kernels ran"
    process = start(class_of_four)
    _, said = process.communicate()
    assert process.returncode == 0, said
    assert_as_expected(class_of_four)
    assert job_folders() <= folders


def test_control_c_stops_it_cleanly(class_of_four):
    process = start(class_of_four)
    wait_for(process, "autograder.kernels")
    running = family(process)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "Interrupted" in said and "Traceback" not in said
    assert not left_over(running)
    assert all(result.is_graded for result in grading.grade(class_of_four, "tiny", jobs=2))
    assert_as_expected(class_of_four)


class Killing(Progress):
    """Kills a process of the running grader, once, while it works."""

    def __init__(self, kind: str):
        super().__init__()
        self.kind, self.killed = kind, False

    def show(self):
        if self.killed:
            return
        children = [child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE]
        zygotes = [child for child in children if "autograder.kernels" in child.cmdline()]
        nurseries = [child for child in children if child not in zygotes]
        workers_ = [worker for nursery in nurseries for worker in nursery.children()]
        for process in {"zygote": zygotes, "nursery": nurseries, "worker": workers_}[self.kind][:1]:
            process.kill()
            self.killed = True


@pytest.mark.parametrize("kind", ["zygote", "worker"])
def test_a_process_that_dies_is_replaced(class_of_four, kind):
    killing = Killing(kind)
    results = grading.grade(class_of_four, "tiny", jobs=2, progress=killing)
    assert killing.killed
    assert all(result.is_graded for result in results)
    assert_as_expected(class_of_four)


def test_a_dead_nursery_is_a_clear_error_and_the_next_run_goes_on(class_of_four):
    with pytest.raises(grading.GradingError, match="Grade again"):
        grading.grade(class_of_four, "tiny", jobs=2, progress=Killing("nursery"))
    grading.grade(class_of_four, "tiny", jobs=2)
    assert_as_expected(class_of_four)


@pytest.mark.parametrize(("preload", "is_taken"), [(("math", "json"), True), (("json",), False)])
def test_a_zygote_that_imports_already_is_taken_if_it_imports_enough(course, monkeypatch, preload, is_taken):
    def no_other(*_: object) -> Zygote:
        raise ZygoteError("another zygote was asked for")

    monkeypatch.setattr(workers, "Zygote", no_other)
    hand_in(course, "ada", RIGHT)
    with Zygote(preload, wait=False) as zygote:
        if is_taken:
            assert [result.points for result in grading.grade(course, "tiny", zygote=zygote)] == [3.5]
        else:
            with pytest.raises(grading.GradingError, match="another zygote"):
                grading.grade(course, "tiny", zygote=zygote)
        assert not zygote.is_alive()


def test_neighbours_that_spin_cost_an_honest_submission_nothing(course, monkeypatch):
    monkeypatch.setattr(workers, "cores", lambda: sorted(os.sched_getaffinity(0))[:1])
    work = "import time\nbegan = time.process_time()\nwhile time.process_time() - began < 1.5: pass\ntotal = 1.0"
    hand_in(course, "honest", {**RIGHT, "answer-total": work})
    for number in range(4):
        hand_in(course, f"spins-{number}", {**RIGHT, "answer-total": "while True: pass"})
    # Limits are of wall time. With a fifth of the core it has 1.2 of the 1.5 seconds that it needs; alone it has enough, beside three others even.
    results = grading.grade(course, "tiny", jobs=5, settings=Settings(timeout=6))
    assert {result.student: result.points for result in results} == {"honest": 3.5, **{f"spins-{number}": 2 for number in range(4)}}


def test_a_job_that_hangs_is_not_graded(course, assignment, tmp_path):
    folder = hand_in(course, "ada", {**RIGHT, "answer-add": "import time\ntime.sleep(30)"}).parent
    with workers.Pool(1, assignment, Settings(timeout=60), preload=[], seconds=2) as pool:
        answers = [answer for answer in pool.results([workers.Job("ada", "tiny", folder, pool.folder / "0")]) if answer]
    assert len(answers) == 1
    assert isinstance(answers[0][1], workers.Failed)
    assert "did not end within 2 seconds" in answers[0][1].reason


# Faults ---------------------------------------------------------------------------------------------------------------


def test_a_readonly_gradebook_is_a_clear_error_and_grading_goes_on_later(prepared):
    config = prepared / "nbgrader_config.py"
    text = config.read_text()
    config.write_text(text + f"c.CourseDirectory.db_url = 'sqlite:///file:{prepared}/gradebook.db?mode=ro&uri=true'\n")
    done = command(prepared, "grade", "tiny")
    assert done.exit_code == 1
    assert "is read-only" in done.stderr and "grade again" in done.stderr and "Traceback" not in done.output
    config.write_text(text)
    assert command(prepared, "grade", "tiny").exit_code == 0
    assert_as_expected(prepared)


def test_a_locked_gradebook_is_waited_for(prepared):
    other = sqlite3.connect(prepared / "gradebook.db", isolation_level=None, check_same_thread=False)
    other.execute("begin exclusive")
    said = []

    class Releasing(Progress):
        def say(self, sentence):
            said.append(sentence)
            if other.in_transaction:
                other.execute("rollback")

    grading.grade(prepared, "tiny", progress=Releasing())
    other.close()
    assert "locked by another program" in said[0]
    assert_as_expected(prepared)


def test_a_gradebook_that_stays_locked_is_a_clear_error(prepared, monkeypatch):
    monkeypatch.setattr(courses, "LOCKED_SECONDS", 1)
    with contextlib.closing(sqlite3.connect(prepared / "gradebook.db", isolation_level=None)) as other:
        other.execute("begin immediate")  # it can be read
        done = command(prepared, "grade", "tiny")
    assert done.exit_code == 1
    assert "is locked by another program" in done.stderr and "Traceback" not in done.output
    assert command(prepared, "grade", "tiny").exit_code == 0
    assert_as_expected(prepared)


def test_a_full_disk_is_a_clear_error_and_the_next_run_goes_on(class_of_four):
    alone = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    if subprocess.run([*alone, "true"], capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    inner = f"{sys.executable} -m autograder.grading.commands grade tiny --unconfined --jobs 2 --course {class_of_four}"
    small = f"mkdir -p {class_of_four}/autograded && mount -t tmpfs -o size=12k tmpfs {class_of_four}/autograded && exec {inner}"
    done = subprocess.run([*alone, "sh", "-c", small], capture_output=True, text=True)
    assert done.returncode == 1
    assert "No space left on device" in done.stderr and "grade again" in done.stderr and "Traceback" not in done.stderr
    recorded = len(lines(class_of_four))
    assert recorded < 4
    grading.grade(class_of_four, "tiny", jobs=2)
    assert {student: scores(class_of_four, student) for student in EXPECTED} == EXPECTED


def test_no_course_no_assignment_no_student(course, tmp_path):
    for arguments, folder, cure in [
        (("grade", "tiny"), tmp_path / "nowhere", "--course"),
        (("grade", "tiny"), tmp_path, "nbgrader generate_assignment tiny"),
        (("grade", "other"), course, "nbgrader generate_assignment other"),
        (("grade", "tiny", "--student", "eve"), course, "eve"),
        (("ledger", "verify"), course, "autograder grade"),
    ]:
        done = command(folder, *arguments)
        assert done.exit_code == 1
        assert cure in done.stderr and "Traceback" not in done.output
    assert not (tmp_path / "gradebook.db").exists()


# The ledger -----------------------------------------------------------------------------------------------------------


def test_two_graders_do_not_write_one_course(prepared):
    with Ledger(prepared):
        done = command(prepared, "grade", "tiny")
    assert done.exit_code == 1
    assert "another `autograder` is grading this course" in done.stderr


def test_a_torn_line_is_cut_off_and_nothing_else(prepared):
    grading.grade(prepared, "tiny")
    path = prepared / "ledger.jsonl"
    whole = path.read_bytes()
    for torn in (whole[-40:-1], b"{", b"\x00" * 100):
        path.write_bytes(whole + torn)
        assert grading.verify(prepared, sample=0).lines == 4, "it is not counted"
        grading.grade(prepared, "tiny")
        assert path.read_bytes() == whole
    path.write_bytes(whole[:-1])
    grading.grade(prepared, "tiny")
    assert_as_expected(prepared)


def test_every_change_of_the_ledger_is_found(prepared):
    grading.grade(prepared, "tiny")
    path = prepared / "ledger.jsonl"
    whole = path.read_text().splitlines(keepends=True)
    changed = [line.replace('"points": 2.0', '"points": 1.0') for line in whole]
    for number, tampered in [
        *((number + 1, [*whole[:number], changed[number], *whole[number + 1 :]]) for number in range(4) if changed[number] != whole[number]),
        *((number + 1, whole[:number] + whole[number + 1 :]) for number in range(3)),
        (2, [whole[0], whole[0], *whole[1:]]),
        (1, [whole[1], whole[0], *whole[2:]]),
    ]:
        path.write_text("".join(tampered))
        for arguments in (("ledger", "verify", "--sample", "0"), ("grade", "tiny")):
            done = command(prepared, *arguments)
            assert done.exit_code == 1
            assert f"line {number} " in done.stderr
        assert path.read_text() == "".join(tampered), "evidence stays"
    path.write_text("".join(whole))
    assert command(prepared, "ledger", "verify", "--sample", "0").exit_code == 0


def test_a_changed_grade_and_a_changed_submission_are_found(prepared):
    grading.grade(prepared, "tiny")
    assert grading.verify(prepared, sample=9).differences == []
    with contextlib.closing(sqlite3.connect(prepared / "gradebook.db")) as database:
        database.execute(
            "update grade set auto_score = 2 where auto_score = 0 and notebook_id in (select s.id from submitted_notebook s "
            "join submitted_assignment a on s.assignment_id = a.id where a.student_id = 'bob')"
        )
        database.commit()
    (prepared / "submitted" / "dan" / "tiny" / "more.txt").write_text("handed in later")
    done = command(prepared, "ledger", "verify", "--sample", "9")
    assert done.exit_code == 1
    assert "bob, tiny: tiny.ipynb, cell test-add: the ledger says 0.0, the gradebook 2.0." in done.stderr
    assert "dan, tiny: the submitted files are not those that were graded." in done.stderr
    assert "ada" not in done.stderr


def test_what_the_ledger_holds(prepared):
    (prepared / "requirements.lock").write_text("numpy==2\n")
    grading.grade(prepared, "tiny")
    line = next(line for line in lines(prepared) if line["student"] == "bob")
    assert line["requirements"] == hashlib.sha256(b"numpy==2\n").hexdigest()
    assert line["confined"] is True
    assert line["versions"]["nbgrader"] == "0.9.6"
    assert line["notebooks"]["tiny"]["cells"]["test-add"]["points"] == 0
    assert "below zero" in line["notebooks"]["tiny"]["cells"]["test-add"]["reason"]
    assert line["notebooks"]["tiny"]["wall_seconds"] > 0


# Progress -------------------------------------------------------------------------------------------------------------


def test_progress_tells_rate_and_time_left():
    progress = Progress()
    progress.expect(9)
    for _ in range(3):
        progress.step()
    assert progress.line(30) == "3 of 9 graded, 6.0 a minute, about 1 min 00 s left"
    assert progress.line(3) == "3 of 9 graded, 60.0 a minute, about 6 s left"
