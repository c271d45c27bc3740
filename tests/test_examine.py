"""Submissions driven through two kernels: what a test learns, what it does not, and that it ends."""

import asyncio
import gc
import socket

import nbformat
import pytest
import zmq
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.utils import determine_grade

from autograder.examiner import names
from autograder.examiner.execute import Examination, examine
from autograder.examiner.session import Session
from autograder.examiner.settings import Settings
from autograder.kernels import Limits, Zygote, ZygoteError
from conftest import beside_a_browsers_loop


@pytest.fixture(scope="module")
def zygote():
    with Zygote(("numpy",)) as running:
        yield running


def locked(source: str) -> nbformat.NotebookNode:
    return _cell(source, f"locked-{abs(hash(source))}", locked=True)


def answer(source: str, name: str = "answer") -> nbformat.NotebookNode:
    return _cell(source, name, solution=True)


def check(source: str, name: str = "test", *, tags: tuple[str, ...] = (), points: float = 2) -> nbformat.NotebookNode:
    cell = _cell(source, name, grade=True, locked=True, points=points)
    cell.metadata.tags = list(tags)
    return cell


def plain(source: str) -> nbformat.NotebookNode:
    return new_code_cell(source)


def _cell(source: str, name: str, **kind: object) -> nbformat.NotebookNode:
    nbgrader = {"grade_id": name, "schema_version": 3, "grade": False, "solution": False, "locked": False, "task": False, **kind}
    return new_code_cell(source, metadata={"nbgrader": nbgrader})


def graded(zygote: Zygote, folder, *cells, source=None, **settings) -> tuple[dict[str, float], Examination]:
    """Points of each test, and the examination. `source` are the instructor's cells; by default the student's are as good."""
    notebook = new_notebook(cells=list(cells))
    given = new_notebook(cells=list(source)) if source else new_notebook(cells=[nbformat.from_dict(cell) for cell in cells])
    found = examine(notebook, source=given, folder=folder, settings=Settings(**settings), zygote=zygote.address)
    nbformat.validate(found.notebook)
    return {
        cell.metadata.nbgrader.grade_id: determine_grade(cell)[0] for cell in found.notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")
    }, found


def test_a_right_and_a_wrong_answer(zygote, tmp_path):
    cells = [
        locked("import numpy as np"),
        answer("def double(x):\n    return 2 * x"),
        check("assert np.allclose(double(np.arange(3)), [0, 2, 4]), 'no'"),
    ]
    points, found = graded(zygote, tmp_path, *cells)
    assert points == {"test": 2}
    assert found.reasons == {} and found.confined and found.inside == []
    assert found.cpu_seconds > 0 and found.peak_memory > 0
    cells[1] = answer("def double(x):\n    return x")
    points, found = graded(zygote, tmp_path, *cells)
    assert points == {"test": 0}
    assert found.reasons == {"test": "AssertionError: no"}


def test_hidden_tests_never_enter_the_students_kernel(zygote, tmp_path):
    spy = """
import gc, sys
word = 'treas' + 'ure'
def f(x):
    seen = [o for o in gc.get_objects() if type(o) is str and word in o]
    seen += [name for frame in sys._current_frames().values() for name in frame.f_globals if word in name]
    print('SPY', seen)
    return 1
"""
    hidden = "assert f(0) == 1\n### BEGIN HIDDEN TESTS\nthe_treasure = 1\nassert f(1) == the_treasure\n### END HIDDEN TESTS"
    look = "print('AFTER', [name for name in dir() if word in name], word in str(In))"
    points, found = graded(zygote, tmp_path, answer(spy), check(hidden), plain(look))
    assert points == {"test": 2}
    printed = str([cell.outputs for cell in found.notebook.cells])
    assert printed.count("SPY []") == 2 and "AFTER [] False" in printed


def test_a_name_that_set_up_bound_is_not_taken_from_the_student(zygote, tmp_path):
    points, _ = graded(
        zygote,
        tmp_path,
        locked("import numpy as np\ndef close(a, b):\n    return abs(a - b) < 1"),
        answer("def f(): return 100\nclass np: allclose = staticmethod(lambda *a: True)\ndef close(a, b): return True"),
        check("assert np.allclose(f(), 1), 'far'", "by-library"),
        check("assert close(f(), 1), 'far'", "by-helper"),
        source=[locked("import numpy as np\ndef close(a, b):\n    return abs(a - b) < 1"), answer("def f(): return 1")],
    )
    assert points == {"by-library": 0, "by-helper": 0}


def test_what_a_solution_rebinds_is_taken_from_the_student(zygote, tmp_path):
    cells = [locked("table = [3, None, 1]"), answer("table = sorted(x for x in table if x is not None)"), check("assert table == [1, 3], table")]
    points, found = graded(zygote, tmp_path, *cells)
    assert points == {"test": 2}, found.reasons


def test_a_later_cell_may_use_what_a_visible_test_binds(zygote, tmp_path):
    cells = [
        answer("def f(x): return x + 1"),
        check("result = f(1)\nassert result == 2\n### BEGIN HIDDEN TESTS\nsecret = 7\n### END HIDDEN TESTS"),
        answer("again = result + 1\nfound = 'secret' in globals()", "second"),
        check("assert again == 3 and not found", "second-test"),
    ]
    assert graded(zygote, tmp_path, *cells)[0] == {"test": 2, "second-test": 2}


def test_a_lent_test_keeps_its_own_result(zygote, tmp_path):
    """The visible part runs once more in the student's kernel; that must not count."""
    cells = [
        answer("def f(x): return x"),
        check("result = f(1)\n### BEGIN HIDDEN TESTS\nassert f(2) == 3, 'hidden'\n### END HIDDEN TESTS"),
        plain("print(result)"),
    ]
    points, found = graded(zygote, tmp_path, *cells)
    assert points == {"test": 0}
    assert "BEGIN HIDDEN TESTS" in found.notebook.cells[1].source


def test_a_test_that_deletes_and_restores(zygote, tmp_path):
    restore = (
        "keep = squares\ndel squares\ntry:\n    total(3)\nexcept NameError:\n    pass\n"
        "else:\n    raise AssertionError('does not use squares')\nfinally:\n    squares = keep"
    )
    cells = [
        answer("def squares(n): return [i * i for i in range(1, n + 1)]"),
        answer("def total(n): return sum(squares(n))", "b"),
        check(restore),
        check("assert total(3) == 14", "after"),
    ]
    assert graded(zygote, tmp_path, *cells)[0] == {"test": 2, "after": 2}
    cells[1] = answer("def total(n): return sum(i * i for i in range(1, n + 1))", "b")
    assert graded(zygote, tmp_path, *cells)[0] == {"test": 0, "after": 2}


def test_partial_points_count_as_in_nbgrader_and_stderr_costs_nothing(zygote, tmp_path):
    cells = [
        answer("import sys\ndef f(): return 1\ndef g(): print('careful', file=sys.stderr)"),
        check("0.5 * f()", "part"),
        check("g()", "warns"),
        check("3 * f()", "more", points=1),
    ]
    points, found = graded(zygote, tmp_path, *cells)
    assert points == {"part": 0.5, "warns": 2, "more": 0}
    assert [output.text for cell in found.notebook.cells for output in cell.get("outputs", []) if output.output_type == "stream"] == ["careful\n"]


def test_an_endless_call_costs_one_test(zygote, tmp_path):
    cells = [answer("def f():\n    while True: pass\ndef g(): return 1"), check("f()", "endless"), check("assert g() == 1", "good")]
    points, found = graded(zygote, tmp_path, *cells, timeout=2)
    assert points == {"endless": 0, "good": 2}, found.reasons
    assert "2 seconds" in found.reasons["endless"]


def test_a_dead_kernel_fails_what_follows_and_says_so(zygote, tmp_path):
    cells = [
        answer("def f():\n    import os; os._exit(0)\ndef g(): return 1"),
        check("assert g() == 1", "before"),
        check("f()", "dies"),
        check("assert g() == 1", "after"),
    ]
    points, found = graded(zygote, tmp_path, *cells)
    assert points == {"before": 2, "dies": 0, "after": 0}
    assert all(found.reasons[name] for name in ("dies", "after"))


def test_a_flood_in_a_call_is_cut(zygote, tmp_path):
    cells = [answer("import os\ndef f():\n    while True: os.write(1, b'x' * 10**5); print('x' * 10**5)"), check("f()")]
    points, found = graded(zygote, tmp_path, *cells, limits=Limits(output=2**20), timeout=10)
    assert points == {"test": 0}
    assert len(str(found.notebook)) < 4 * 2**20


def test_a_tagged_test_runs_inside_and_every_report_says_so(zygote, tmp_path):
    student = "class V:\n    def __init__(s, x): s.x = x\n    def __eq__(s, o): return s.x == o.x\n    def __add__(s, o): return V(s.x + o.x)"
    outside, found = graded(zygote, tmp_path, answer(student), check("assert V(1) + V(2) == V(3)"))
    assert outside == {"test": 0}
    assert "examine-inside" in found.reasons["test"]
    inside, found = graded(zygote, tmp_path, answer(student), check("assert V(1) + V(2) == V(3)", tags=("examine-inside",)))
    assert inside == {"test": 2}
    assert found.inside == ["test"]
    assert "lower assurance" in found.reasons["test"]
    assert "lower assurance" in found.notebook.cells[1].outputs[-1].text


def test_files_of_the_student_are_read_as_data(zygote, tmp_path):
    (tmp_path / "given.csv").write_text("1\n2\n")
    cells = [
        locked("total = sum(int(line) for line in open('given.csv'))"),
        answer("open('mine.csv', 'w').write('3\\n')\nopen('given.csv', 'w').write('100\\n')\nopen('numpy.py', 'w').write('raise SystemExit')"),
        check(
            "assert int(open('mine.csv').read()) == 3\nassert sum(int(line) for line in open('given.csv')) == 3\n"
            "import os\nassert not os.path.exists('numpy.py')"
        ),
    ]
    assert graded(zygote, tmp_path, *cells)[0] == {"test": 2}
    assert (tmp_path / "given.csv").read_text() == "1\n2\n"


def test_without_forks_or_confinement_the_points_are_the_same(zygote, tmp_path):
    cells = [
        locked("import math"),
        answer("def f(x): return math.sqrt(x)"),
        check("assert f(9) == 3", "right"),
        check("assert f(9) == 4, 'no'", "wrong"),
    ]
    for settings in ({}, {"confined": False}, {"confined": False, "forked": False}):
        points, found = graded(zygote, tmp_path, *cells, **settings)
        assert points == {"right": 2, "wrong": 0}
        assert found.confined == (not settings)
        assert ("graded unconfined" in str(found.notebook.cells[2].outputs)) == bool(settings)


@pytest.mark.parametrize(
    ("source", "bound", "taken"),
    [
        ("x = y", {"x"}, {"y"}),
        ("x += 1", {"x"}, {"x"}),
        ("def f(a):\n    global g\n    g = h(a)", {"f", "g"}, {"h"}),
        ("for i in range(3):\n    total = i", {"i", "total"}, {"range"}),
        ("import numpy as np\nfrom a.b import c as d", {"np", "d"}, set()),
        ("[x for x in xs]", set(), {"xs"}),
        ("with open('f') as f: pass", {"f"}, {"open"}),
        ("%matplotlib inline\nz = 1", {"z"}, set()),
        ("if (n := 3) > 2: pass", {"n"}, set()),
        ("def broken(:", set(), set()),
        ("a = 1\nb = a", {"a", "b"}, set()),
        ("del old", {"old"}, {"old"}),
    ],
)
def test_names_of_a_cell(source, bound, taken):
    assert names.bound(source) == bound
    assert names.taken(source) - {"get_ipython"} == taken


def test_a_kernel_that_does_not_serve_is_not_waited_for(zygote, tmp_path):
    import time

    cheat = """
import ast
class Nothing(ast.NodeTransformer):
    def visit_Module(self, tree):
        tree.body = []
        return tree
get_ipython().ast_transformers.append(Nothing())
def f(): return 1
"""
    cells = [answer(cheat), *(check("assert f() == 1", f"test-{n}") for n in range(4))]
    began = time.monotonic()
    points, found = graded(zygote, tmp_path, *cells, timeout=20)
    assert set(points.values()) == {0}
    assert "changed how cells run" in found.reasons["test-3"]
    assert time.monotonic() - began < 20


def test_formgrader_may_call_from_its_own_loop(zygote, tmp_path):
    async def handler():
        return graded(zygote, tmp_path, answer("def f(): return 1"), check("assert f() == 1"))[0]

    assert beside_a_browsers_loop(handler()) == {"test": 2}


def test_a_platform_that_can_not_confine_refuses(zygote, tmp_path):
    with pytest.raises(ZygoteError, match="--unconfined"):
        graded(zygote, tmp_path, check("1"), forked=False)


def test_a_session_whose_end_is_cancelled_leaves_nothing_open(zygote, tmp_path):
    async def cancelled_end() -> None:
        session = Session(new_notebook(), role="student", kernel="confined", timeout=10, limits=Limits())
        ours, theirs = socket.socketpair()
        with ours, theirs:
            await session.start(folder=tmp_path, zygote=zygote.address, channel=theirs)
            ending = asyncio.ensure_future(session.stop("the test is over"))
            await asyncio.sleep(0)
            ending.cancel()
            await asyncio.gather(ending, return_exceptions=True)

    def open_contexts() -> list[zmq.Context]:
        return [thing for thing in gc.get_objects() if isinstance(thing, zmq.Context) and not thing.closed]

    before = open_contexts()
    beside_a_browsers_loop(cancelled_end())
    assert [context for context in open_contexts() if not any(context is other for other in before)] == []
