"""Attacks that are not code in a student's cells: edited notebooks, files beside them, links, things that are no notebook.

Each is a function that changes a submission's folder. The folder starts with worthless answers where the attack aims, and honest ones elsewhere.
"""

import importlib.machinery
import importlib.util
import json
import marshal
import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ALL = ("trimmed-test", "heaviest-test", "per-sort-test", "model-test", "root-test", "record-test", "ripe-test", "old-test")
NOTEBOOK = "target.ipynb"


@dataclass(frozen=True)
class FileAttack:
    """An attack on the grader by way of what is handed in.

    Attributes:
        family: the class it belongs to, as the folders beside this file.
        target: the tests that must give 0.
        also: tests that it may lose besides.
        reason: what the recorded reasons must contain; "" where the grader owes no sentence.
        plain: full marks in the targets under plain `nbgrader autograde`.
        slow: it waits for the time limit.
        change: called with the submission's folder and the course's.
    """

    family: str
    name: str
    target: tuple[str, ...]
    also: tuple[str, ...]
    reason: str
    plain: bool
    slow: bool
    change: Callable[[Path, Path], None]


FILE_ATTACKS: list[FileAttack] = []

# What a shadowing module does in the process that imports it: no later cell is executed.
_NO_CELLS = """
import ast

from IPython import get_ipython


class Nothing(ast.NodeTransformer):
    def visit_Module(self, node):
        node.body = []
        return node


get_ipython() and get_ipython().ast_transformers.append(Nothing())
"""
_REAL_MODULE = """
import sys

here = sys.path.pop(0)
del sys.modules[__name__]
__import__(__name__)
sys.path.insert(0, here)
"""
_ORCHARD = """
import pandas as pd

simulate = lambda seed, n_trees=120: pd.read_csv("orchard.csv")
"""


def attack(family: str, *, target: tuple[str, ...] = ALL, also: tuple[str, ...] = (), reason: str = "", plain: bool = False, slow: bool = False):
    """Register a function as an attack."""

    def register(change: Callable[[Path, Path], None]) -> Callable[[Path, Path], None]:
        FILE_ATTACKS.append(FileAttack(family, change.__name__, target, also, reason, plain, slow, change))
        return change

    return register


def _load(folder: Path) -> dict:
    return json.loads((folder / NOTEBOOK).read_text(encoding="utf-8"))


def _store(folder: Path, notebook: dict) -> None:
    (folder / NOTEBOOK).write_text(json.dumps(notebook), encoding="utf-8")


def _grading(cell: dict) -> dict:
    return cell["metadata"].get("nbgrader", {})


def _tests(notebook: dict) -> list[dict]:
    return [cell for cell in notebook["cells"] if _grading(cell).get("grade_id", "").endswith("-test")]


def _cell(notebook: dict, name: str) -> dict:
    return next(cell for cell in notebook["cells"] if _grading(cell).get("grade_id") == name)


# Files that Python would rather import -------------------------------------------------------------------------------


@attack("imports", plain=True)
def local_numpy(folder: Path, course: Path) -> None:
    """A numpy.py beside the notebook makes the kernel drop every later cell."""
    (folder / "numpy.py").write_text(_NO_CELLS + _REAL_MODULE)


@attack("imports", plain=True)
def package_for_a_module(folder: Path, course: Path) -> None:
    """A folder orchard/ goes before the shipped orchard.py when Python looks for `orchard`."""
    (folder / "orchard").mkdir()
    (folder / "orchard" / "__init__.py").write_text(_NO_CELLS + _ORCHARD)


@attack("imports")
def shipped_module_replaced(folder: Path, course: Path) -> None:
    """The shipped orchard.py is another one."""
    (folder / "orchard.py").write_text(_NO_CELLS + _ORCHARD)


@attack("imports")
def shipped_data_replaced(folder: Path, course: Path) -> None:
    """The shipped table is another one, in which the wrong answers are right."""
    (folder / "orchard.csv").write_text("name,sort,age,height,water,crop\n" + "".join(f"tree-{n:03d},Cox,1,1,1,0\n" for n in range(4)))


@attack("imports")
def compiled_module(folder: Path, course: Path) -> None:
    """A compiled orchard in __pycache__, of the kind whose source Python never compares."""
    code = compile(_NO_CELLS + _ORCHARD, "orchard.py", "exec")
    path = Path(importlib.util.cache_from_source(str(folder / "orchard.py")))
    path.parent.mkdir()
    path.write_bytes(importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + bytes(8) + marshal.dumps(code))


@attack("imports")
def startup_modules(folder: Path, course: Path) -> None:
    """sitecustomize, usercustomize, conftest, a .pth, and configuration for IPython, Jupyter and nbgrader."""
    for name in ("sitecustomize.py", "usercustomize.py", "conftest.py", "ipython_config.py", "ipython_kernel_config.py", "jupyter_config.py"):
        (folder / name).write_text(_NO_CELLS)
    (folder / "a.pth").write_text("import os; os._exit(0)\n")
    (folder / "nbgrader_config.py").write_text("raise SystemExit(0)\n")
    (folder / "pyproject.toml").write_text('[tool.pytest.ini_options]\naddopts = "--collect-only"\n')


@attack("imports", plain=True)
def local_libraries(folder: Path, course: Path) -> None:
    """Folders sklearn/ and json/ and a file keras.py beside the notebook."""
    for name in ("sklearn", "json"):
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(_NO_CELLS + _REAL_MODULE)
    (folder / "keras.py").write_text(_NO_CELLS)


@attack("imports", plain=True, slow=True)
def libraries_not_yet_imported(folder: Path, course: Path) -> None:
    """Modules of the names that libraries, and the grader, import only when they need them."""
    for name in ("skops", "pyarrow", "numexpr", "bottleneck", "jinja2", "tabulate", "polars", "pygments", "zoneinfo", "unittest", "dis", "signal"):
        (folder / f"{name}.py").write_text(_NO_CELLS)
    for name in ("autograder", "autograder/examiner"):
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(_NO_CELLS)
    (folder / "autograder" / "examiner" / "models.py").write_text(_NO_CELLS)


@attack("imports")
def extension_module(folder: Path, course: Path) -> None:
    """A shared library that is none, under the name of a module that the set-up imports."""
    for suffix in importlib.machinery.EXTENSION_SUFFIXES:
        (folder / f"orchard{suffix}").write_bytes(b"\x7fELF" + bytes(200))


# Links, pipes and devices --------------------------------------------------------------------------------------------


@attack("links", reason="link", plain=True)
def notebook_is_a_link_to_the_solution(folder: Path, course: Path) -> None:
    """The notebook is a symbolic link to the instructor's source: whoever follows it grades the solution."""
    (folder / NOTEBOOK).unlink()
    (folder / NOTEBOOK).symlink_to(os.path.relpath(course / "source" / "target" / NOTEBOOK, folder))


@attack("links", reason="link", plain=True)
def notebook_is_a_hard_link(folder: Path, course: Path) -> None:
    """The notebook is a hard link to the instructor's source."""
    (folder / NOTEBOOK).unlink()
    (folder / NOTEBOOK).hardlink_to(course / "source" / "target" / NOTEBOOK)


@attack("links", target=("heaviest-test",), reason="link")
def data_linked_to_the_gradebook(folder: Path, course: Path) -> None:
    """orchard.csv is a link to the gradebook: whoever copies the instructor's file over it overwrites the gradebook."""
    (folder / "orchard.csv").unlink()
    (folder / "orchard.csv").symlink_to(os.path.relpath(course / "gradebook.db", folder))


@attack("links", target=("heaviest-test",), reason="link")
def links_out(folder: Path, course: Path) -> None:
    """Links to the course, to /etc, to the root and to themselves, as files and folders."""
    for name, to in (("course", course), ("passwd.csv", "/etc/passwd"), ("root", "/"), ("loop", "loop"), ("timestamp.txt", course / "gradebook.db")):
        (folder / name).symlink_to(to)
    (folder / "endless").mkdir()
    (folder / "endless" / "again").symlink_to("..")


@attack("links", target=("heaviest-test",), reason="link")
def hard_links(folder: Path, course: Path) -> None:
    """A hard link to the gradebook, which changes when the grader overwrites it."""
    (folder / "orchard.csv").unlink()
    (folder / "orchard.csv").hardlink_to(course / "gradebook.db")


@attack("links", target=("heaviest-test",), reason="plain file")
def pipes(folder: Path, course: Path) -> None:
    """Named pipes and a socket in place of files: whoever opens them waits for ever."""
    (folder / "orchard.csv").unlink()
    for name in ("orchard.csv", "notes.txt", "timestamp.txt"):
        os.mkfifo(folder / name)
    here = Path.cwd()
    os.chdir(folder)  # a socket's address may have 107 characters
    try:
        socket.socket(socket.AF_UNIX).bind("socket.csv")
    finally:
        os.chdir(here)


@attack("links", reason="plain file")
def notebook_is_a_pipe(folder: Path, course: Path) -> None:
    """The notebook itself is a named pipe."""
    (folder / NOTEBOOK).unlink()
    os.mkfifo(folder / NOTEBOOK)


@attack("links", reason="link")
def notebook_is_endless(folder: Path, course: Path) -> None:
    """The notebook is a link to /dev/zero."""
    (folder / NOTEBOOK).unlink()
    (folder / NOTEBOOK).symlink_to("/dev/zero")


@attack("links", reason="plain file")
def notebook_is_a_folder(folder: Path, course: Path) -> None:
    """The notebook is a folder."""
    (folder / NOTEBOOK).unlink()
    (folder / NOTEBOOK).mkdir()


@attack("links", target=("heaviest-test",))
def strange_names(folder: Path, course: Path) -> None:
    """File names with line breaks, options, escape sequences, no Unicode, dots and 255 characters."""
    for name in (b"-rf", b"a\nb.csv", b"\xff\xfe.csv", b"\x1b[2J", b"..csv", b"x" * 255, b"$(touch escaped)", b"a;b|c", b"target.ipynb\n", b"~"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text("x")


@attack("links", target=("heaviest-test",))
def many_files(folder: Path, course: Path) -> None:
    """Twenty thousand files in folders that are sixty deep."""
    deep = folder
    for number in range(60):
        deep = deep / f"d{number}"
    deep.mkdir(parents=True)
    for number in range(20_000):
        (deep / str(number)).touch()


@attack("links", target=("heaviest-test",))
def huge_file(folder: Path, course: Path) -> None:
    """A file of a terabyte, all of it a hole."""
    with open(folder / "notes.bin", "wb") as file:
        file.truncate(2**40)


# Edited notebooks ----------------------------------------------------------------------------------------------------


@attack("notebook", plain=True)
def skip_tag(folder: Path, course: Path) -> None:
    """The test cells carry the tag on which nbclient skips a cell; a cell without output has full points."""
    notebook = _load(folder)
    for cell in _tests(notebook):
        cell["metadata"]["tags"] = ["skip-execution"]
    _store(folder, notebook)


@attack("notebook", plain=True, slow=True)
def inside_tag(folder: Path, course: Path) -> None:
    """The student tags the tests `examine-inside`, and patches the shell that would then run them."""
    notebook = _load(folder)
    for cell in _tests(notebook):
        cell["metadata"]["tags"] = ["examine-inside", "raises-exception", "lint-ok-outside"]
    _cell(notebook, "trimmed")["source"] = _NO_CELLS
    _store(folder, notebook)


@attack("notebook")
def points_edited(folder: Path, course: Path) -> None:
    """Each test is worth a thousand points, each wrong answer none."""
    notebook = _load(folder)
    for cell in _tests(notebook):
        _grading(cell)["points"] = 1000
    _store(folder, notebook)


@attack("notebook", target=("heaviest-test",))
def points_not_a_number(folder: Path, course: Path) -> None:
    """Points are text, negative, infinite, missing, a list."""
    notebook = _load(folder)
    for cell, points in zip(_tests(notebook), ("many", -5, 1e400, None, [1], {}, True, "1"), strict=True):
        _grading(cell)["points"] = points
    _store(folder, notebook)


@attack("notebook")
def tests_emptied(folder: Path, course: Path) -> None:
    """The locked test cells hold `pass`, with a checksum to match."""
    notebook = _load(folder)
    for cell in _tests(notebook):
        cell["source"] = "pass"
        _grading(cell)["checksum"] = "0" * 32
    _store(folder, notebook)


@attack("notebook", plain=True, slow=True)
def set_up_edited(folder: Path, course: Path) -> None:
    """The locked set-up is replaced in a copy without its id, and the locked one is moved to the end."""
    notebook = _load(folder)
    own = {**_cell(notebook, "setup"), "metadata": {}, "source": _NO_CELLS + "\n" + "".join(_cell(notebook, "setup")["source"])}
    locked = _cell(notebook, "setup")
    notebook["cells"].remove(locked)
    notebook["cells"] = [own, *notebook["cells"], locked]
    _store(folder, notebook)


@attack("notebook")
def tests_unlocked(folder: Path, course: Path) -> None:
    """The tests are no longer locked, are called solutions, and hold nothing."""
    notebook = _load(folder)
    for cell in _tests(notebook):
        _grading(cell).update(locked=False, solution=True, grade=True)
        cell["source"] = ""
    _store(folder, notebook)


@attack("notebook")
def tests_not_graded(folder: Path, course: Path) -> None:
    """The tests say of themselves that they are no grade cells."""
    notebook = _load(folder)
    for cell in _tests(notebook):
        _grading(cell).update(grade=False, locked=False)
    _store(folder, notebook)


@attack("notebook")
def tests_retyped(folder: Path, course: Path) -> None:
    """The tests are Markdown and raw cells."""
    notebook = _load(folder)
    for number, cell in enumerate(_tests(notebook)):
        cell["cell_type"] = ("markdown", "raw")[number % 2]
        cell.pop("outputs"), cell.pop("execution_count")
    _store(folder, notebook)


@attack("notebook", reason="deleted")
def tests_deleted(folder: Path, course: Path) -> None:
    """The tests are gone."""
    notebook = _load(folder)
    gone = _tests(notebook)
    notebook["cells"] = [cell for cell in notebook["cells"] if cell not in gone]
    _store(folder, notebook)


@attack("notebook")
def ids_exchanged(folder: Path, course: Path) -> None:
    """Each test has the id of the next one, so that an easy test earns a hard one's points."""
    notebook = _load(folder)
    tests = _tests(notebook)
    names = [_grading(cell)["grade_id"] for cell in tests]
    for cell, name in zip(tests, [*names[1:], names[0]], strict=True):
        _grading(cell)["grade_id"] = name
    _store(folder, notebook)


@attack("notebook")
def ids_doubled(folder: Path, course: Path) -> None:
    """After and before each test stands an empty cell with the same id, unlocked and worth a hundred points."""
    notebook = _load(folder)
    cells = []
    for cell in notebook["cells"]:
        false = json.loads(json.dumps(cell)) | {"source": "100"}
        cells += [false, cell, false] if _grading(cell).get("grade_id", "").endswith("-test") else [cell]
    notebook["cells"] = cells
    _store(folder, notebook)


@attack("notebook", target=("heaviest-test",), also=ALL)
def ids_of_odd_types(folder: Path, course: Path) -> None:
    """Ids that are numbers, lists, null, SQL, paths and very long; metadata that are lists."""
    notebook = _load(folder)
    for cell, name in zip(_tests(notebook), (1, ["x"], None, "'; DROP TABLE grade; --", "../../gradebook.db", "x" * 100_000, {}, True), strict=True):
        _grading(cell)["grade_id"] = name
    notebook["cells"][0]["metadata"] = {"nbgrader": ["grade_id"]}
    notebook["cells"].append({"cell_type": "code", "metadata": {"nbgrader": 3}, "source": "1", "outputs": [], "execution_count": None})
    _store(folder, notebook)


@attack("notebook")
def tests_first(folder: Path, course: Path) -> None:
    """The cells stand in reverse order: the tests run before the answers, on names that the student bound in the first cell."""
    notebook = _load(folder)
    notebook["cells"].reverse()
    _store(folder, notebook)


@attack("notebook")
def forged_outputs(folder: Path, course: Path) -> None:
    """The tests come with outputs that say full points, and with a count of executions."""
    notebook = _load(folder)
    for cell in _tests(notebook):
        cell["execution_count"] = 1
        cell["outputs"] = [{"output_type": "execute_result", "execution_count": 1, "data": {"text/plain": "3.0"}, "metadata": {}}]
    _store(folder, notebook)


@attack("notebook")
def another_kernel(folder: Path, course: Path) -> None:
    """The notebook asks for a kernel in another language, and for one that is the attacker's."""
    notebook = _load(folder)
    notebook["metadata"]["kernelspec"] = {"name": "bash", "display_name": "Bash", "language": "bash", "argv": ["/bin/true"]}
    notebook["metadata"]["language_info"] = {"name": "bash"}
    _store(folder, notebook)


@attack("notebook")
def own_kernelspec(folder: Path, course: Path) -> None:
    """A kernelspec named python3 lies beside the notebook, in every folder that Jupyter might look into."""
    specification = json.dumps({"argv": ["/bin/true", "{connection_file}"], "display_name": "Python 3", "language": "python"})
    for place in ("kernels/python3", "share/jupyter/kernels/python3", ".local/share/jupyter/kernels/python3", ".ipython/kernels/python3"):
        (folder / place).mkdir(parents=True)
        (folder / place / "kernel.json").write_text(specification)


@attack("notebook", target=("heaviest-test",), also=ALL)
def magic_cells(folder: Path, course: Path) -> None:
    """Magics that run another language, load files, turn the debugger on, restart, quit and rewrite files."""
    notebook = _load(folder)
    magics = ("%pdb on", "%xmode Minimal", "%autoreload 2", "%run orchard.py", "!kill -STOP $$ &", "%reset -f", "exit")
    _cell(notebook, "heaviest")["source"] = "\n".join(["heaviest = 'tree-000'", *magics])
    _store(folder, notebook)


@attack("notebook", target=("heaviest-test",))
def many_cells(folder: Path, course: Path) -> None:
    """A thousand more cells."""
    notebook = _load(folder)
    more = [{"cell_type": "code", "metadata": {}, "source": f"print({n})", "outputs": [], "execution_count": None} for n in range(1000)]
    notebook["cells"] += more
    _store(folder, notebook)


@attack("notebook", reason="JSON")
def not_json(folder: Path, course: Path) -> None:
    """The notebook is a Word document."""
    (folder / NOTEBOOK).write_bytes(b"PK\x03\x04" + bytes(5000))


@attack("notebook", reason="JSON")
def truncated(folder: Path, course: Path) -> None:
    """The notebook ends in the middle."""
    data = (folder / NOTEBOOK).read_bytes()
    (folder / NOTEBOOK).write_bytes(data[: len(data) // 2])


@attack("notebook", reason="JSON")
def empty(folder: Path, course: Path) -> None:
    """The notebook has no byte."""
    (folder / NOTEBOOK).write_bytes(b"")


@attack("notebook", reason="UTF-8")
def not_utf8(folder: Path, course: Path) -> None:
    """The notebook is stored as UTF-16, with bytes that no text has."""
    text = (folder / NOTEBOOK).read_text(encoding="utf-8")
    (folder / NOTEBOOK).write_bytes(text.encode("utf-16") + b"\xff\xfe\xff")


@attack("notebook", reason="nested")
def deep_json(folder: Path, course: Path) -> None:
    """Lists in lists, a hundred thousand deep."""
    (folder / NOTEBOOK).write_text('{"cells": ' + "[" * 100_000 + "]" * 100_000 + "}")


@attack("notebook", reason="MiB")
def hundred_megabytes(folder: Path, course: Path) -> None:
    """A notebook of 100 MB: honest cells and a picture."""
    notebook = _load(folder)
    picture = {"output_type": "display_data", "data": {"image/png": "A" * 100_000_000}, "metadata": {}}
    _cell(notebook, "trimmed")["outputs"] = [picture]
    _store(folder, notebook)


@attack("notebook", reason="notebook")
def not_a_notebook(folder: Path, course: Path) -> None:
    """JSON that is no notebook."""
    (folder / NOTEBOOK).write_text('{"cells": {"0": 1}, "nbformat": "four", "metadata": []}')


@attack("notebook", reason="format")
def other_format(folder: Path, course: Path) -> None:
    """A notebook of a format that is still to come."""
    notebook = _load(folder)
    notebook["nbformat"] = 99
    _store(folder, notebook)


@attack("notebook", target=("heaviest-test",), also=ALL)
def odd_sources(folder: Path, course: Path) -> None:
    """Sources with null bytes, half of a surrogate pair, numbers for lines, 2 MB in one line and very deep brackets."""
    notebook = _load(folder)
    for name, source in (
        ("trimmed", "x = '\0'"),
        ("heaviest", "heaviest = '\ud800'"),
        ("per-sort", ["1\n", "2", "3"]),
        ("model", "# " + "x" * 2_000_000),
        ("root", "(" * 100_000 + ")" * 100_000),
        ("record", "-" * 200_000 + "1"),
    ):
        _cell(notebook, name)["source"] = source
    _store(folder, notebook)


@attack("notebook", target=("heaviest-test",), also=ALL)
def odd_numbers(folder: Path, course: Path) -> None:
    """NaN, Infinity, a number of ten thousand digits and keys given twice in the JSON."""
    text = json.dumps(_load(folder))
    text = text[:-1] + ', "a": NaN, "b": -Infinity, "c": ' + "9" * 10_000 + ', "nbformat": 4, "nbformat_minor": 4}'
    (folder / NOTEBOOK).write_text(text)


@attack("notebook", target=("heaviest-test",))
def timestamp(folder: Path, course: Path) -> None:
    """A time stamp in the future, with more text than a time."""
    (folder / "timestamp.txt").write_text("2999-01-01 00:00:00 UTC\n" + "x" * 10_000 + str(time.time()))


@attack("notebook")
def second_notebook(folder: Path, course: Path) -> None:
    """The answers lie in a second notebook, and in one whose name differs by its case."""
    for name in ("Target.ipynb", "target-copy.ipynb", "target.ipynb.bak", ".target.ipynb"):
        (folder / name).write_bytes((course / "source" / "target" / NOTEBOOK).read_bytes())
