"""A test sees a student's names from outside: two real processes, the student's forked, and no Jupyter."""

import contextlib
import io
import os
import signal
import socket
import sys
import textwrap
import time

import pytest

from autograder.examiner import agent, proxies
from autograder.examiner.proxies import CannotExamine
from autograder.examiner.wire import WireError


class Course:
    """A student's process with his cells in it, and the instructor's namespace here.

    Args:
        student: the source of the student's cells.
        setup: of the instructor's locked cells, which run on both sides.
        owed: the names that the student is to bind.
    """

    def __init__(self, student: str, *, setup: str = "", owed: tuple[str, ...] = ()):
        self.names = {"__name__": "__main__"}
        self._owed = list(owed)
        ours, theirs = socket.socketpair()
        self.pid = os.fork()
        if not self.pid:
            ours.close()
            _be_the_student(theirs, textwrap.dedent(setup), textwrap.dedent(student))
        theirs.close()
        proxies.attach(ours.detach(), self.names)
        exec(textwrap.dedent(setup), self.names)

    def test(self, source: str, *, timeout: float = 60) -> dict:
        """Run a cell as the trusted kernel does; the instructor's namespace after it."""
        source = textwrap.dedent(source)
        proxies.begin(source, self._owed, timeout=timeout)
        self._owed = []
        try:
            exec(compile(source, "<test>", "exec"), self.names)
        finally:
            failed = sys.exc_info()[1]
            with contextlib.suppress(WireError) if failed else contextlib.nullcontext():
                proxies.end()
        return self.names

    def close(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def _be_the_student(end: socket.socket, setup: str, student: str) -> None:
    try:
        main = sys.modules["__main__"]
        names = main.__dict__
        agent.attach(end.detach(), names)
        exec(setup, names)
        with contextlib.suppress(SyntaxError):
            exec(student, names)
        while True:
            with contextlib.suppress(KeyboardInterrupt):
                agent.serve()
    finally:
        os._exit(0)


@pytest.fixture
def course():
    """Makes courses, and ends their processes."""
    made = []

    def make(*arguments, **keywords):
        made.append(Course(*arguments, **keywords))
        return made[-1]

    yield make
    for each in made:
        each.close()


SQUARES = """
def squares(n):
    if n < 1:
        raise ValueError("n must be at least 1")
    return [i**2 for i in range(1, n + 1)]

def sum_of_squares(n):
    return sum(squares(n))
"""


def test_a_function_is_called_in_the_students_process(course):
    one = course(SQUARES + "import os\ndef where(): return os.getpid()", owed=("squares", "where"))
    names = one.test("assert squares(3) == [1, 4, 9]; pid = where()")
    assert names["pid"] == one.pid


def test_a_wrong_answer_fails_the_test(course):
    with pytest.raises(AssertionError):
        course("def squares(n): return [n]", owed=("squares",)).test("assert squares(3) == [1, 4, 9]")


def test_an_error_of_the_students_has_its_class(course):
    names = course(SQUARES, owed=("squares",)).test(
        """
        try:
            squares(0)
        except ValueError as error:
            text, notes = str(error), error.__notes__
        """
    )
    assert names["text"] == "n must be at least 1"
    assert "squares" in names["notes"][0]


def test_a_test_takes_a_function_away_and_gives_it_back(course):
    one = course(SQUARES, owed=("squares", "sum_of_squares"))
    cell = """
        original = squares
        del squares
        try:
            sum_of_squares(1)
        except NameError:
            seen = True
        else:
            raise AssertionError("sum_of_squares does not use squares")
        finally:
            squares = original
        """
    assert one.test(cell)["seen"]
    assert one.test("after = sum_of_squares(3)")["after"] == 14
    assert one.test(cell)["seen"]


def test_a_test_puts_a_function_of_its_own_in_place(course):
    one = course(SQUARES, owed=("squares", "sum_of_squares"))
    one.test("squares = lambda n: [n, n]\nassert sum_of_squares(5) == 10")
    one.test("assert squares(7) == [7, 7]")  # it is the test's now


def test_a_missing_name_is_a_name_error(course):
    one = course("squares = 1 +", owed=("squares",))
    with pytest.raises(NameError):
        one.test("squares(1)")


def test_names_of_the_instructors_are_never_the_students(course):
    one = course("import math\nisclose = lambda *_: True\nhelp_me = 5", setup="def isclose(a, b): return a == b")
    names = one.test("different = isclose(1, 2); theirs = help_me; size = len([1])")
    assert names["different"] is False
    assert names["theirs"] == 5  # nobody else has it


def test_hidden_answers_stay(course):
    one = course("def answer(n): return globals().get('expected'), globals().get('secret')\nexpected = 0", owed=("answer",))
    assert one.test("secret, expected = 41, 42\nfound = answer(1)")["found"] == (0, None)


def test_an_argument_that_is_changed_in_place(course):
    one = course(
        """
        import numpy as np
        def spoil(xs, table, found, array, text=b""):
            xs.append(4); table["b"] = 2; found.add(9); array[0] = 7
            return xs
        def nested(rows): rows[0][0] = 5
        """,
        owed=("spoil", "nested"),
    )
    names = one.test(
        """
        import numpy as np
        xs, table, found, array = [1], {"a": 1}, {1}, np.zeros(3)
        view = array[:2]
        same = spoil(xs, table, found=found, array=array)
        rows = [[1], [2]]
        first = rows[0]
        nested(rows)
        """
    )
    assert names["xs"] == [1, 4] and names["same"] is names["xs"]
    assert names["table"] == {"a": 1, "b": 2} and names["found"] == {1, 9}
    assert names["array"].tolist() == [7, 0, 0] and names["view"][0] == 7
    assert names["first"] == [5] and names["rows"][0] is names["first"]


def test_a_table_that_is_changed_in_place(course):
    one = course("def add(table): table['b'] = table['a'] * 2\ndef look(table): return table.sum()", owed=("add", "look"))
    names = one.test(
        """
        import pandas as pd
        table = pd.DataFrame({"a": [1, 2]})
        kept = table.copy()
        look(table)
        assert table.equals(kept)
        add(table)
        """
    )
    assert list(names["table"]) == ["a", "b"] and names["table"]["b"].tolist() == [2, 4]


def test_global_data_is_shared(course):
    one = course(
        """
        counter, log = 0, []
        def step(what):
            global counter
            counter += 1
            log.append(what)
        def size(): return len(log)
        def is_log(xs): return xs is log
        """,
        owed=("counter", "log", "step", "size", "is_log"),
    )
    names = one.test(
        """
        kept = log
        step("a")
        assert counter == 1 and log == ["a"] and kept is log
        log.clear()
        step("b")
        assert log == ["b"] and counter == 2
        counter = 10
        step("c")
        assert counter == 11
        assert is_log(log)
        log.append("d")
        """
    )
    assert names["log"] == ["b", "c", "d"]
    assert one.test("n = size()")["n"] == 3


ACCOUNT = """
class TooLittle(ValueError):
    def __init__(self, missing):
        super().__init__(f"{missing} missing")
        self.missing = missing

class FarTooLittle(TooLittle): pass

class Account:
    "Holds money."
    rate = 0.5
    def __init__(self, money=0): self.money, self.history = money, []
    def put(self, amount: int, *, note=None):
        "Puts money in."
        self.money += amount; self.history.append(amount); return self
    def take(self, amount):
        if amount > 100 * self.money: raise FarTooLittle(amount)
        if amount > self.money: raise TooLittle(amount - self.money)
        self.money -= amount
    @property
    def rich(self): return self.money > 100
    def __len__(self): return len(self.history)
    def __iter__(self): return iter(self.history)
    def __getitem__(self, i): return self.history[i]
    def __setitem__(self, i, v): self.history[i] = v
    def __contains__(self, v): return v in self.history
    def __enter__(self): return self
    def __exit__(self, *error): self.money = -1
    def __eq__(self, other): return True
    def __add__(self, other): return 5
    def __str__(self): return f"{self.money} euros"
    def __float__(self): return float(self.money)

class Savings(Account): pass
class Plain: pass

def count(n):
    for i in range(n): yield i
"""


def test_an_object_of_the_students_class(course):
    course(ACCOUNT, owed=("Account", "Savings", "TooLittle", "Plain", "count")).test(
        """
        a = Account(5)
        assert a.money == 5 and a.rate == 0.5 and not a.rich
        assert a.put(10) is a and a.money == 15 and a.history == [10]
        a.money = 200
        assert a.rich and str(a) == "200 euros" and f"{a}" == "200 euros" and float(a) == 200.0
        assert len(a) == 1 and list(a) == [10] and a[0] == 10 and 10 in a and 11 not in a
        a[0] = 3
        assert a[0] == 3 and [x for x in a] == [3]
        assert not hasattr(a, "missing") and hasattr(a, "put")
        assert isinstance(a, Account) and not isinstance(a, Savings) and isinstance(Savings(), Account) and not isinstance(5, Account)
        assert issubclass(Savings, Account) and not issubclass(Account, Savings) and not issubclass(int, Account)
        with a as b:
            assert b is a
        assert a.money == -1
        del a.money
        assert not hasattr(a, "money")
        try:
            a[7]
        except IndexError:
            pass
        else:
            raise AssertionError
        assert callable(Account) and callable(a.put) and not callable(a)
        assert Account.__name__ == "Account" and Account.__doc__ == "Holds money." and a.put.__doc__ == "Puts money in."
        import inspect
        parameters = inspect.signature(a.put).parameters
        assert list(parameters) == ["amount", "note"] and parameters["note"].default is None and parameters["note"].kind.name == "KEYWORD_ONLY"
        p = Plain()
        assert p and not hasattr(p, "__len__") and not callable(p)
        for wrong in (lambda: len(p), lambda: iter(p), lambda: p[0], lambda: p(), lambda: p + 1):
            try:
                wrong()
            except TypeError:
                pass
            else:
                raise AssertionError
        assert list(count(3)) == [0, 1, 2] and next(count(1)) == 0
        assert list(zip(count(2), "ab")) == [(0, "a"), (1, "b")]
        assert inspect.isfunction(count) and count.__name__ == "count" and not inspect.isfunction(p)
        """
    )


def test_an_exception_class_of_the_students(course):
    course(ACCOUNT, owed=("Account", "TooLittle")).test(
        """
        a = Account(5)
        for kind in (TooLittle, ValueError, Exception):
            for much in (6, 1000):
                try:
                    a.take(much)
                except kind as error:
                    assert isinstance(error, TooLittle) and "missing" in str(error) and error.missing in (1, 1000)
                else:
                    raise AssertionError
        """
    )


@pytest.mark.parametrize("expression", ["a == 5", "5 == a", "a != 5", "a == None", "a + 1", "1 + a if False else a.__add__(1)", "a == a"])
def test_operators_of_the_students_can_not_be_examined(course, expression):
    with pytest.raises(CannotExamine, match="examine-inside"):
        course(ACCOUNT, owed=("Account",)).test(f"a = Account()\n{expression}")


def test_a_subclass_of_a_built_in_type_is_no_value(course):
    one = course("class Equal(int):\n  def __eq__(self, o): return True\n  __hash__ = int.__hash__\nx, xs = Equal(5), [Equal(5)]", owed=("x", "xs"))
    with pytest.raises(CannotExamine):
        one.test("assert x == 7")
    with pytest.raises(CannotExamine):
        one.test("assert xs == [7]")
    one.test("assert int(x) == 5 and not isinstance(x, int)")


def test_a_container_of_the_students_own_kind_is_counted_here(course):
    one = course(
        """
        class Liar(set):
            def __len__(self): return 2
            def __contains__(self, item): return True
        found = Liar(["a", "b", "c"])
        """,
        owed=("found",),
    )
    one.test("assert len(found) == 3 and 'a' in found and 'z' not in found and not isinstance(found, set)")


def test_the_tests_own_functions_are_called_back(course):
    one = course(
        """
        def minimise(f, xs): return min(xs, key=f)
        def twice(f): return lambda x: f(f(x))
        def total(xs): return sum(xs)
        def apply(f, *arguments, **keywords): return f(*arguments, **keywords)
        """,
        owed=("minimise", "twice", "total", "apply"),
    )
    one.test(
        """
        import math
        import numpy as np
        seen = []
        def bad(x):
            seen.append(x)
            raise KeyError(x)
        assert minimise(lambda x: (x - 3) ** 2, [1, 2, 3, 4]) == 3
        assert twice(lambda x: x + 1)(5) == 7
        assert total(x for x in range(4)) == 6 and total(map(abs, [-1, 2])) == 3
        assert apply(np.sin, 0.0) == 0 and apply(math.sqrt, 4.0) == 2 and apply(int, "3") == 3
        assert apply(max, [1, 2], key=lambda x: -x) == 1
        assert apply(lambda f: f(2), lambda x: x + 1) == 3
        assert apply(lambda a, b: total([a, b]), 1, b=2) == 3  # there and back and there
        try:
            apply(bad, 4)
        except KeyError as error:
            assert error.args == (4,)
        else:
            raise AssertionError
        assert seen == [4]
        """
    )


def test_an_object_of_a_class_that_both_sides_have(course):
    one = course(
        "def norm(p): return (p.x**2 + p.y**2) ** 0.5",
        setup="""
            class Point:
                def __init__(self, x, y): self.x, self.y = x, y
            """,
        owed=("norm",),
    )
    assert one.test("d = norm(Point(3, 4))")["d"] == 5
    with pytest.raises(CannotExamine, match="locked cell"):
        one.test("class Other: pass\nnorm(Other())")
    with pytest.raises(CannotExamine, match="sent"):
        one.test("import threading\nnorm(threading.Lock())")


def test_what_a_student_prints_is_printed_here(course):
    one = course("import sys\ndef greet(): print('hello'); print('oh', file=sys.stderr)", owed=("greet",))
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        one.test("greet()\nprint('after')")
    assert (out.getvalue(), err.getvalue()) == ("hello\nafter\n", "oh\n")


def test_seeds_and_settings_of_a_test_hold_for_the_student(course):
    one = course(
        """
        import random, warnings, numpy as np
        def draw(): return random.random(), float(np.random.rand())
        def divide(): return np.array([1.0]) / 0
        def warn(): warnings.warn("careful"); return 1
        """,
        setup="import warnings\nwarnings.simplefilter('default')",
        owed=("draw", "divide", "warn"),
    )
    out = io.StringIO()
    with contextlib.redirect_stderr(out):
        one.test(
            """
            import random, warnings, numpy as np
            def seed(): random.seed(3); np.random.seed(3)
            seed()
            first, second = draw(), draw()
            assert first != second
            seed()
            assert (random.random(), float(np.random.rand())) == first
            with np.errstate(all="ignore"):
                divide()
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                try:
                    warn()
                except UserWarning:
                    pass
                else:
                    raise AssertionError
                warnings.simplefilter("ignore")
                warn()
            """
        )
    assert out.getvalue() == ""


@pytest.mark.parametrize("code", ["raise SystemExit(0)", "raise KeyboardInterrupt", "raise GeneratorExit", "import sys; sys.exit()"])
def test_an_exit_is_an_error(course, code):
    one = course(f"def leave(): {code}" if ";" not in code else f"def leave():\n  {code}", owed=("leave",))
    with pytest.raises(RuntimeError, match="ended with"):
        one.test("leave()")
    with pytest.raises(RuntimeError):
        one.test("leave()")  # it still answers


def test_an_endless_loop_is_late_and_the_next_cell_goes_on(course):
    one = course("def wait():\n  while True: pass\ndef three(): return 3", owed=("wait", "three"))
    began = time.monotonic()
    with pytest.raises(WireError, match="no answer within"):
        one.test("wait()", timeout=0.5)
    assert time.monotonic() - began < 5
    os.kill(one.pid, signal.SIGINT)  # the grader's interrupt
    time.sleep(0.1)
    assert one.test("n = three()")["n"] == 3


def test_swallowing_a_late_answer_does_not_pass_a_test(course):
    one = course("def wait():\n  while True: pass", owed=("wait",))
    with pytest.raises(WireError):
        one.test("try:\n  wait()\nexcept Exception:\n  pass", timeout=0.3)


def test_a_dead_kernel_is_an_error(course):
    one = course("import os\ndef die(): os._exit(0)", owed=("die",))
    with pytest.raises(WireError, match="gone"):
        one.test("die()")
    with pytest.raises(WireError):
        one.test("die()")


@pytest.mark.parametrize(
    "forged",
    [
        b"garbage that is no frame at all",
        b"AGW1" + (2**31).to_bytes(4, "big") + (2**63).to_bytes(8, "big"),
        b"AGW1" + (2).to_bytes(4, "big") + (0).to_bytes(8, "big") + b"{}",
        b"AGW1" + (40).to_bytes(4, "big") + (0).to_bytes(8, "big") + b'{"re":"0","kind":"reply","sizes":[]}    ',
    ],
)
def test_a_forged_reply_is_refused_for_good(course, forged):
    one = course(
        f"""
        def forge():
            from autograder.examiner import agent
            agent._agent._channel._socket.send({forged!r})
        def three(): return 3
        """,
        owed=("forge", "three"),
    )
    with pytest.raises(WireError):
        one.test("forge()")
    with pytest.raises(WireError):
        one.test("three()")


def test_a_chameleon_can_not_pass_for_memory(course):
    """NumPy would read any address of this process that an object's `__array_interface__` names."""
    one = course("class A:\n  __array_interface__ = {'shape': (9,), 'typestr': '<f8', 'data': (64, False), 'version': 3}\na = A()", owed=("a",))
    one.test("import numpy as np\nassert np.asarray(a).dtype == object")


def test_a_function_of_a_library_runs_at_the_students(course):
    one = course("import os\nsquares = os.getpid\nfrom pandas import read_pickle", owed=("squares", "read_pickle"))
    assert one.test("pid = squares()")["pid"] == one.pid
    assert type(one.test("found = read_pickle")["found"]).__name__ == "RemoteCallable"


def test_modules_and_classes_of_libraries_are_ours(course):
    import numpy

    one = course("import numpy as xp, os\nfrom decimal import Decimal as D\nKind = ValueError", owed=("xp", "D", "Kind", "os"))
    names = one.test("a, b, c, d = xp, D(1), Kind, os")
    assert names["a"] is numpy and names["b"] == 1 and names["c"] is ValueError
    assert names["d"] is not os


def test_data_files_come_over_and_code_does_not(course, tmp_path, monkeypatch):
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    theirs.mkdir(), ours.mkdir()
    (ours / "given.csv").write_text("ours")
    monkeypatch.chdir(theirs)
    one = course(
        """
        from pathlib import Path
        for name in ("a.csv", "given.csv", "b.py", "c.pkl"): Path(name).write_text("theirs")
        Path("link.csv").symlink_to("/etc/passwd"); Path("sub").mkdir(); Path("sub/d.json").write_text("[]")
        def again(): Path("a.csv").write_text("new")
        """,
        owed=("again",),
    )
    time.sleep(0.2)
    monkeypatch.chdir(ours)
    one.test("names = ['a.csv', 'given.csv', 'b.py', 'c.pkl', 'link.csv', 'sub/d.json', '../theirs/a.csv']\nagain()")
    assert (ours / "a.csv").read_text() == "theirs" and (ours / "given.csv").read_text() == "ours" and (ours / "sub/d.json").exists()
    assert not any((ours / name).exists() for name in ("b.py", "c.pkl", "link.csv"))
    one.test("open('a.csv')")
    assert (ours / "a.csv").read_text() == "new"


def test_names_are_found_through_the_instructors_helpers(course):
    one = course(SQUARES, setup="def check(n): return squares(n)[-1]\nclass Checker:\n  def run(self, n): return check(n)", owed=("squares",))
    assert one.test("last = Checker().run(4)")["last"] == 16
    assert one.test("last = eval('squares(5)')[-1]")["last"] == 25


def test_a_cell_with_a_magic(course):
    one = course(SQUARES, owed=("squares",))
    proxies.begin("%timeit -n1 squares(2)", ["squares"])
    assert callable(one.names["squares"])
    proxies.end()


def test_a_call_with_data_is_fast(course):
    one = course("def f(X): return (X.sum(axis=1)).tolist()", owed=("f",))
    names = one.test(
        """
        import time, numpy as np
        X = np.random.default_rng(0).normal(size=(10_000, 10))
        f(X)
        began = time.perf_counter()
        for _ in range(10): f(X)
        seconds = (time.perf_counter() - began) / 10
        """
    )
    assert names["seconds"] < 0.05  # a few ms on a quiet machine


def test_a_fitted_estimator_is_the_tests_own_copy(course):
    one = course(
        """
        import numpy as np
        from sklearn.linear_model import LogisticRegression
        from sklearn.neighbors import KNeighborsClassifier
        X, y = np.arange(8.0).reshape(-1, 1), np.array([0, 0, 0, 0, 1, 1, 1, 1])
        models = {"line": LogisticRegression().fit(X, y), "near": KNeighborsClassifier(1).fit(X, y)}
        best = models["line"]
        def is_best(model): return model is best
        """,
        owed=("models", "best", "is_best"),
    )
    names = one.test(
        """
        import numpy as np
        from sklearn.linear_model import LogisticRegression
        from sklearn.neighbors import KNeighborsClassifier
        assert set(models) == {"line", "near"}
        for model in models.values():
            assert model.predict(np.array([[0.0], [7.0]])).tolist() == [0, 1]
        assert isinstance(models["near"], KNeighborsClassifier)
        assert is_best(best) and not is_best(models["near"])
        kind = type(best)
        """
    )
    assert names["kind"].__name__ == "LogisticRegression"
