"""`autograder lint` names each fault of a test, and is silent about the like that is none."""

import itertools
import shutil
from pathlib import Path

import nbformat
import nbgrader
import pytest
from click.testing import CliRunner
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.linting import RULES, LintError, lint
from autograder.linting.commands import lint as command
from conftest import ASSIGNMENTS, ROOT

QUICKSTART = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide" / "source" / "ps1"


def cell(source, name=None, *, kind=None, tags=(), points=1):
    """A cell of an assignment; without a kind one that nbgrader does not know."""
    metadata = {"tags": list(tags)} if tags else {}
    if kind:
        metadata["nbgrader"] = {
            "grade_id": name,
            "grade": kind == "test",
            "solution": kind == "solution",
            "locked": kind != "solution",
            "schema_version": 3,
            "task": False,
            **({"points": points} if kind == "test" else {}),
        }
    return new_code_cell(source, metadata=metadata)


def setup(source):
    return cell(source, "setup", kind="setup")


def solution(source, name="answer"):
    """A solution cell: what stands behind `def` lines and at the top goes between the marks."""
    return cell(f"### BEGIN SOLUTION\n{source}\n### END SOLUTION", name, kind="solution")


def check(source, name="answer-test", **more):
    return cell(source, name, kind="test", **more)


def hide(visible, hidden, name="answer-test"):
    return check(f"{visible}\n### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS", name)


@pytest.fixture
def course(tmp_path):
    """Write an assignment of these cells into a new course; the path of its notebook."""
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    folder = tmp_path / "source" / "ps"
    folder.mkdir(parents=True)

    def write(*cells):
        notebook = new_notebook(cells=list(cells), metadata={"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}})
        nbformat.write(notebook, folder / "ps.ipynb")
        return folder / "ps.ipynb"

    return write


def found(path, rule=None):
    """(rule, cell) of what lint says without running anything; or the texts of one rule."""
    findings = lint(str(path), static=True)
    assert all(str(finding).startswith(f"{finding.path}: cell ") for finding in findings if finding.cell)
    return [str(finding) for finding in findings if finding.rule == rule] if rule else [(finding.rule, finding.grade_id) for finding in findings]


MODEL = "from sklearn.linear_model import LogisticRegression\nmodel = LogisticRegression().fit(X, y)"
DATA = "import numpy as np\nfrom sklearn.metrics import accuracy_score\nX, y = np.eye(4), np.array([0, 1, 0, 1])"
VECTOR = "class Vector:\n    def __init__(self, x):\n        self.x = x\n    def size(self):\n        return abs(self.x)"

# rule -> pairs of (faulty cells, like ones without the fault)
PAIRS = {
    "reported-score": (
        [setup(DATA), solution(f"{MODEL}\nquality = model.score(X, y)"), check("assert quality > 0.9, 'too low'")],
        [setup(DATA), solution(MODEL), check("quality = accuracy_score(y, model.predict(X))\nassert quality > 0.9, 'too low'")],
    ),
    "reported-by-name": (
        [solution("test_accuracy = 0.97"), check("assert 0.9 < float(test_accuracy) <= 1, 'too low'")],
        [solution("n_clusters = 5"), check("assert 2 < n_clusters <= 9, 'look at the elbow'")],
    ),
    "reported-but-computed-again": (
        [setup(DATA), solution(f"{MODEL}\nloss = 0.1"), check("value = round(loss, 3)\nassert value < 0.5, 'too high'")],
        [
            setup(DATA),
            solution(f"{MODEL}\nloss = 0.1"),
            check("assert 0 <= loss < 0.5, 'no loss'"),
            check("right = np.mean(model.predict(X) != y)\nassert abs(loss - right) < 0.01, 'not the loss of your model'", "again"),
        ],
    ),
    "reported-history": (
        [
            setup(DATA),
            solution("history = model.fit(X, y)"),
            check("losses = history.history['loss']\nassert losses[-1] < losses[0], 'nothing learnt'"),
        ],
        [setup(DATA), solution("history = ['first', 'second']"), check("assert history[-1] == 'second', 'the last entry'")],
    ),
    "reported-attribute": (
        [setup(DATA), solution("search = GridSearchCV(SVC(), {}).fit(X, y)"), check("assert search.best_score_ > 0.9, 'too low'")],
        [setup(DATA), solution("search = GridSearchCV(SVC(), {}).fit(X, y)"), check("assert search.predict(X)[0] == y[0], 'wrong class'")],
    ),
    "reported-by-a-function": (
        [solution("def accuracy_reached():\n    return 0.99"), check("assert accuracy_reached() > 0.9, 'too low'")],
        [setup(DATA), solution("def accuracy(y, p):\n    return (y == p).mean()"), check("assert accuracy(y, y) > 0.99, 'all are right'")],
    ),
    "reported-time": (
        [solution("import time\nstart = time.perf_counter()\ntook = time.perf_counter() - start"), check("assert took < 2, 'too slow'")],
        [solution("took = 3 * 4"), check("assert took < 20, 'too many'")],
    ),
    "no-message": ([solution("a = 1"), check("assert a == 1")], [solution("a = 1"), check("assert a == 1, 'a should be 1'")]),
    "no-message-raise": (
        [solution("a = 1"), check("if a != 1:\n    raise AssertionError()")],
        [solution("a = 1"), check("if a != 1:\n    raise AssertionError('a should be 1')")],
    ),
    "no-message-below-a-magic": (
        [solution("a = 1"), check("%%capture\nassert a == 1")],
        [solution("a = 1"), check("%%capture\nassert a == 1, 'no'")],
    ),
    "random": (
        [solution("def f(x): return x"), check("import numpy as np\nx = np.random.normal()\nassert f(x) == x, 'no'")],
        [solution("def f(x): return x"), check("import numpy as np\nnp.random.seed(0)\nx = np.random.normal()\nassert f(x) == x, 'no'")],
    ),
    "random-generator": (
        [setup("import numpy as np\nrng = np.random.default_rng()"), solution("a = 1"), check("assert a == 1, 'no'")],
        [setup("import numpy as np\nrng = np.random.default_rng(7)"), solution("a = 1"), check("assert a == 1, 'no'")],
    ),
    "random-standard-library": (
        [solution("a = 1"), check("import random\nassert a != random.random(), 'no'")],
        [solution("a = 1"), check("import random\nassert a != random.Random(3).random(), 'no'")],
    ),
    "random-clock": (
        [solution("a = 1"), check("from datetime import datetime\nassert datetime.now().year > a, 'no'")],
        [solution("a = 1"), check("from datetime import datetime\nassert datetime(2024, 5, 1).year > a, 'no'")],
    ),
    "random-split": (
        [setup(DATA), check("from sklearn.model_selection import train_test_split as split\nassert len(split(X, y)) == 4, 'no'")],
        [
            setup(DATA),
            check("from sklearn.model_selection import train_test_split as split\nassert split(X, random_state=0) + split(X, shuffle=False), 'no'"),
        ],
    ),
    "random-estimator": (
        [check("from sklearn import tree\nassert tree.DecisionTreeClassifier(max_depth=2), 'no'")],
        [check("from sklearn import tree, svm\nassert tree.DecisionTreeClassifier(random_state=1) and svm.SVC(), 'no'")],
    ),
    "random-order": (
        [solution("def f(x): return x"), check("assert f(list({'a', 'b'})) == list({'b', 'a'}), 'no'")],
        [solution("def f(x): return x"), check("assert f(sorted({'a', 'b'})) == ['a', 'b'] and f({'a'}) == {'a'} and 'a' in {'a', 'b'}, 'no'")],
    ),
    "leak-solution": (
        [cell("total = sum(value ** 2 for value in values)"), solution("total = sum(value ** 2 for value in values)"), check("assert total, 'no'")],
        [cell("values = [1, 2, 3, 4, 5, 6, 7]  # yours"), solution("total = sum(value ** 2 for value in values)"), check("assert total, 'no'")],
    ),
    "leak-empty-marks": (
        [cell("### BEGIN SOLUTION\n### END SOLUTION\ntotal = 1 + 2 + 3 + 4", "answer", kind="solution"), check("assert total, 'no'")],
        [cell("total = 1 + 2 + 3 + 4", "answer", kind="solution"), check("assert total, 'no'")],
    ),
    "leak-literal": (
        [
            new_markdown_cell("The answer is 385.7219, of course."),
            solution("a = 385.7219"),
            hide("assert a, 'no'", "assert abs(a - 1) and a == 385.7219, 'no'"),
        ],
        [new_markdown_cell("The answer is 1385.72190, of course."), solution("a = 385.7219"), hide("assert a, 'no'", "assert a == 385.7219, 'no'")],
    ),
    "leak-helper": (
        [
            setup("def _right(n):\n    return n * (n + 1) / 2"),
            solution("def f(n): return n"),
            hide("assert f(1) == 1, 'no'", "assert f(9) == _right(9), 'no'"),
        ],
        [
            setup("def _right(n):\n    return n * (n + 1) / 2"),
            solution("def f(n): return n"),
            hide("assert f(1) == _right(1), 'no'", "assert f(9) == _right(9), 'no'"),
        ],
    ),
    "leak-message": (
        [
            setup("import numpy as np"),
            solution("a = [1, 2, 3]"),
            hide("assert a, 'no'", "np.testing.assert_allclose(a, [1, 2, 3], err_msg='no')"),
        ],
        [
            setup("import numpy as np"),
            solution("a = [1, 2, 3]"),
            hide("np.testing.assert_allclose(len(a), 3)", "np.testing.assert_allclose(a, [1, 2, 3], err_msg='no', verbose=False)"),
        ],
    ),
    "outside-operator": (
        [solution(VECTOR), check("v = Vector(1)\nassert v == Vector(1), 'no'")],
        [solution(VECTOR), check("v = Vector(1)\nassert v.x == 1 and v is not None and v.size() + 1 == 2 and isinstance(v, Vector), 'no'")],
    ),
    "outside-arithmetic": (
        [solution(VECTOR), check("total = Vector(1) + Vector(2)\nassert total.x == 3, 'no'")],
        [solution("class Shape(NamedTuple):\n    x: int"), check("assert Shape(1) + (2,) == (1, 2), 'no'")],
    ),
    "outside-sorted": (
        [solution(VECTOR), check("a, b = Vector(1), Vector(2)\nassert sorted([Vector(3), Vector(1)])[0].x == 1, 'no'")],
        [solution(VECTOR), check("assert sorted(v.x for v in [Vector(3), Vector(1)]) == [1, 3], 'no'")],
    ),
    "outside-class": (
        [solution(VECTOR), check("v = Vector(1)\nassert type(v) is Vector, 'no'")],
        [solution(VECTOR), check("v = Vector(1)\nassert isinstance(v, Vector) and type(v.x) is int, 'no'")],
    ),
    "outside-figure": (
        [solution("import matplotlib.pyplot as plt\nplt.plot([1, 2])"), check("import matplotlib.pyplot as plt\nassert plt.gca().lines, 'no'")],
        [
            solution("def draw(ax): ax.plot([1, 2])"),
            check("import matplotlib.pyplot as plt\nfigure = plt.figure()\nassert plt.gcf() is figure, 'no'"),
        ],
    ),
    "outside-source": (
        [solution("def f(x): return x"), check("import inspect\nassert 'for' not in inspect.getsource(f), 'no'")],
        [solution("def f(x): return x"), check("import inspect\nassert list(inspect.signature(f).parameters) == ['x'], 'no'")],
    ),
    "outside-history": (
        [solution("a = 1"), check("assert 'a = 1' in In[1], 'no'")],
        [solution("In = ['a = 1']"), check("assert 'a = 1' in In[0], 'no'\n%matplotlib inline")],
    ),
    "outside-shell": (
        [solution("a = 1"), check("assert get_ipython().user_ns['a'] == 1, 'no'")],
        [solution("a = 1"), check("%matplotlib inline\nassert a == 1, 'no'")],
    ),
    "outside-file": (
        [solution("import joblib\njoblib.dump([1], 'model.joblib')"), check("import joblib\nassert joblib.load('model.joblib') == [1], 'no'")],
        [solution("import numpy as np\nnp.save('rows.npy', [1])"), check("import numpy as np\nassert np.load('rows.npy')[0] == 1, 'no'")],
    ),
    "outside-module": (
        [cell("%%writefile shapes.py\nside = 3"), check("import shapes\nassert shapes.side == 3, 'no'")],
        [cell("side = 3"), check("import math\nassert math.sqrt(side) > 1, 'no'")],
    ),
    "outside-patch": (
        [
            solution("def ask(): return input()"),
            check("from unittest.mock import patch\nwith patch('builtins.input', lambda: '3'):\n    assert ask() == '3', 'no'"),
        ],
        [solution("def ask(read): return read()"), check("from unittest.mock import Mock\nassert ask(Mock(return_value='3')) == '3', 'no'")],
    ),
    "outside-builtin": (
        [solution("def total(x): return sum(x)"), check("def sum(x):\n    raise AssertionError('write a loop')\nassert total([1, 2]) == 3, 'no'")],
        [solution("def sum(x): return 3"), check("assert sum([1, 2]) == 3, 'no'")],
    ),
    "outside-global": (
        [setup("rate = 2"), solution("def pay(hours): return rate * hours"), check("rate = 5\nassert pay(1) == 5, 'no'")],
        [setup("rate = 2"), solution("def pay(hours, rate): return rate * hours"), check("rate = 5\nassert pay(1, rate) == 5, 'no'")],
    ),
    "import": (
        [solution("import numpy as np\na = np.ones(3)"), check("assert np.sum(a) == 3, 'no'")],
        [solution("import numpy as np\na = np.ones(3)"), check("import numpy as np\nassert np.sum(a) == 3 and sum(np_ for np_ in a), 'no'")],
    ),
    "shadow": (
        [solution("a = 1"), check("scale = 2\nassert a * scale == 2, 'no'"), cell("print(scale)")],
        [
            solution("a = 1"),
            check("scale = 2\nassert a * scale == 2, 'no'"),
            cell("print([scale for scale in range(3)], (lambda scale: scale)(1))\ndef f(scale):\n    return scale"),
        ],
    ),
    "shadow-student": (
        [solution("def f(x): return x"), check("f = f(3)\nassert f == 3, 'no'")],
        [solution("def f(x): return x"), check("kept = f\ntry:\n    f = None\n    assert f is None, 'no'\nfinally:\n    f = kept")],
    ),
    "syntax": ([solution("a = 1"), check("assert a == = 1, 'no'")], [solution("a = 1"), check("!ls\nassert a == 1, 'no'")]),
}


@pytest.mark.parametrize("name", PAIRS)
def test_a_fault_is_named_in_its_cell(course, name):
    rule = next(rule for rule in RULES if name == rule or name.startswith(f"{rule}-"))
    faulty, _ = PAIRS[name]
    findings = found(course(*faulty))
    assert {rule for rule, _ in findings} == {rule}
    assert all(grade_id in {node.metadata.get("nbgrader", {}).get("grade_id") for node in faulty} for _, grade_id in findings)


@pytest.mark.parametrize("name", PAIRS)
def test_what_is_like_a_fault_and_is_none(course, name):
    assert found(course(*PAIRS[name][1])) == []


def test_every_rule_has_a_fault():
    assert {rule for rule in RULES if not any(name == rule or name.startswith(f"{rule}-") for name in PAIRS)} == set()


@pytest.mark.parametrize("rule", ["reported", "no-message", "random", "outside", "import", "shadow"])
def test_a_tag_silences_a_rule_in_its_cell(course, rule):
    cells = [nbformat.from_dict(node) for node in PAIRS[rule if rule in PAIRS else next(name for name in PAIRS if name.startswith(rule))][0]]
    for node in cells:
        node.metadata["tags"] = [f"lint-ok-{rule}"]
    assert found(course(*cells)) == []
    for node in cells:
        node.metadata["tags"] = ["lint-ok-other"]
    assert found(course(*cells)) != []


def test_a_cell_that_is_examined_inside_may_use_operators(course):
    assert found(course(solution(VECTOR), check("assert Vector(1) == Vector(1), 'no'", tags=["examine-inside"]))) == []


def test_secrets_in_files_and_in_the_released_notebook(course):
    path = course(solution("total = sum(value ** 2 for value in [1, 2])"), hide("assert total, 'no'", "assert total == 5, 'the sum of both squares'"))
    assert found(path) == []
    (path.parent / "notes.txt").write_text("Remember:\n    total = sum(value ** 2 for value in [1, 2])\n")
    (path.parent / "numbers.csv").write_text("1,2\n")
    [text] = found(path, "leak")
    assert "notes.txt" in text
    assert "cell answer:" in text
    (path.parent / "notes.txt").unlink()
    released = path.parent.parent.parent / "release" / "ps" / "ps.ipynb"
    released.parent.mkdir(parents=True)
    shutil.copy(path, released)
    assert ["released notebook" in text for text in found(path, "leak")] == [True, True]


def test_marks_that_nbgrader_refuses(course):
    [text] = found(course(cell("### BEGIN SOLUTION\na = 1\n### END SOLUTION"), check("assert a == 1, 'no'")), "leak")
    assert "nbgrader makes no student version" in text


def test_marks_of_the_course(course):
    answer = cell("shown = [value for value in range(10)]\n# from here\ntotal = 100 * 3.14159 + shown[2]\n# to here", "answer", kind="solution")
    configuration = course(answer).parent.parent.parent / "nbgrader_config.py"
    marks = {"begin_solution_delimeter": "# from here", "end_solution_delimeter": "# to here"}
    configuration.write_text("c = get_config()\n" + "".join(f"c.ClearSolutions.{name} = {mark!r}\n" for name, mark in marks.items()))
    assert found(course(cell("shown = [value for value in range(10)]"), answer)) == []
    assert found(course(cell("total = 100 * 3.14159 + shown[2]"), answer)) == [("leak", "answer")]


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_our_assignments(name):
    assert [str(finding) for finding in lint(name, course=ROOT, static=True)] == []


@pytest.fixture(scope="module")
def quickstart(tmp_path_factory):
    folder = tmp_path_factory.mktemp("quickstart")
    (folder / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "course101"\n')
    shutil.copytree(QUICKSTART, folder / "source" / "ps1")
    return folder


def test_the_course_of_nbgrader_quickstart(quickstart):
    findings = lint("ps1", course=quickstart, static=True)
    assert {finding.rule for finding in findings} == {"no-message"}  # eight bare assertions, and it is so
    assert {finding.grade_id for finding in findings} == {"correct_squares", "correct_sum_of_squares"}
    assert len(findings) == 8


# The command -----------------------------------------------------------------------------------------------------------


def test_the_command_names_file_cell_cure_and_rule(course, monkeypatch):
    path = course(solution("a = 1"), check("assert a == 1"))
    monkeypatch.chdir(path.parent.parent.parent)
    result = CliRunner().invoke(command, ["ps", "--static"])
    assert result.exit_code == 1
    what, cure = "`assert a == 1` fails without a word.", "Say in a message what is wrong and what to look at."
    assert result.output == f"source/ps/ps.ipynb: cell answer-test: {what} {cure} [no-message]\n"
    course(solution("a = 1"), check("assert a == 1, 'no'"))
    result = CliRunner().invoke(command, ["ps", "--static"])
    assert (result.exit_code, result.output) == (0, "")


def test_the_command_says_what_it_does_not_find(tmp_path, course, monkeypatch):
    path = course(solution("a = 1"))
    for arguments, says in [
        (["other", "--course", str(tmp_path)], "other"),
        (["nowhere.ipynb"], "there is no such file"),
        (["ps", "--course", str(path.parent)], "--course"),
    ]:
        result = CliRunner().invoke(command, [*arguments, "--static"])
        assert result.exit_code == 2
        assert says in result.output
    with pytest.raises(LintError, match="no notebook"):
        lint("other", course=tmp_path)
    path.write_text("{")
    [finding] = lint(str(path), static=True)
    assert "Not a notebook" in str(finding)


def test_the_help_has_an_example():
    assert "Example: autograder lint" in CliRunner().invoke(command, ["--help"]).output


# Runs ------------------------------------------------------------------------------------------------------------------


def test_runs(course):
    """All in one notebook: five runs cost some seconds."""
    path = course(
        setup("import os\nvalues = [1, 2, 3]"),
        solution("def total(values):\n    return sum(values)", "total"),
        check("assert total(values) == 6, 'the sum is 6'", "good"),
        check("assert total(values) == 7, 'the sum is 7'", "impossible"),
        check("assert callable(print), 'no'", "empty"),
        check("assert hash('text') == hash('other') or os.environ.get('PYTHONHASHSEED') != '2', 'another seed'", "unsteady"),
        cell("class Point:\n    def __eq__(self, other):\n        return True", "point", kind="solution"),
        check("_p = dict(one=Point())['one']\nassert _p == 3, 'every point is like 3'", "operator"),
        check("_p = dict(one=Point())['one']\nassert _p == 3, 'every point is like 3'", "operator-inside", tags=["examine-inside"]),
        check("### AUTOTEST total([1])", "automatic"),
        cell("1 / 0"),
    )
    findings = [finding for finding in lint(str(path)) if finding.rule == "dynamic"]
    texts = {
        name: [finding.what for finding in these]
        for name, these in itertools.groupby(sorted(findings, key=lambda f: str(f.grade_id)), lambda f: f.grade_id)
    }
    assert texts.keys() == {"impossible", "empty", "unsteady", "operator", "automatic", None}
    assert ["AssertionError: the sum is 7" in text for text in texts["impossible"]] == [True]
    assert texts["empty"] == ["A notebook in which nothing is solved gets 1 of 1 points."]
    assert "not deterministic" in texts["unsteady"][0]
    assert "examined from outside gets 0 of 1 points" in texts["operator"][0]
    assert "AUTOTEST" in texts["automatic"][0]
    assert "ZeroDivisionError" in texts[None][0]


def test_runs_of_the_quickstart_course(quickstart):
    assert [str(finding) for finding in lint("ps1", course=quickstart) if finding.rule == "dynamic"] == []
