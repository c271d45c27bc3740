"""An assignment's source as lint reads it: who wrote which cell, what each binds, and where nbgrader's regions begin and end."""

import ast
import builtins
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import nbformat
from IPython.core.inputtransformer2 import TransformerManager
from nbgrader import utils
from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions
from traitlets.config import Config

from autograder.document import Cell, Document, Problem, load
from autograder.examiner import names
from autograder.examiner.execute import INSIDE, is_test
from autograder.examiner.names import imported
from autograder.grading import GradingError
from autograder.grading.course import Course, walk
from autograder.linting.contract import student_version

CONFIGURATION = "nbgrader_config.py"


class LintError(Exception):
    """There is nothing to lint. The message says why, and the cure."""


@dataclass(frozen=True)
class Source(Document):
    """The instructor's notebook of an assignment.

    Attributes:
        course: the folder of nbgrader_config.py.
        release: where nbgrader puts the student version.
        config: of nbgrader, for the marks around solutions and hidden tests.
        ignore: names that nbgrader never copies.
    """

    course: Path
    release: Path
    config: Config = field(default_factory=Config)
    ignore: tuple[str, ...] = ()

    @cached_property
    def tests(self) -> list[Cell]:
        """The cells that are graded automatically."""
        return [cell for cell in self.code if is_test(cell.node)]

    @cached_property
    def setup(self) -> list[Cell]:
        """The locked cells that are no tests: they run in the student's kernel and in the examiner's."""
        return [cell for cell in self.code if utils.is_locked(cell.node) and not is_test(cell.node)]

    @cached_property
    def students(self) -> list[Cell]:
        """The cells that are the student's to write."""
        return [cell for cell in self.code if not utils.is_locked(cell.node) and not is_test(cell.node)]

    @cached_property
    def examined(self) -> list[Cell]:
        """The tests that run outside the student's kernel."""
        return [cell for cell in self.tests if INSIDE not in cell.tags]

    @cached_property
    def errors(self) -> dict[int, SyntaxError]:
        """The cells that are no Python, by number."""
        return {number: found for number, found in self._parsed.items() if isinstance(found, SyntaxError)}

    def tree(self, cell: Cell) -> ast.Module:
        """A code cell as Python; magics are calls of IPython. An empty one for a cell that does not parse."""
        found = self._parsed[cell.number]
        return ast.Module([], []) if isinstance(found, SyntaxError) else found

    @cached_property
    def _parsed(self) -> dict[int, ast.Module | SyntaxError]:
        return {cell.number: _parse(cell.source) for cell in self.code}

    @cached_property
    def python(self) -> Document:
        """The notebook for rules of the contract, which parse plain Python: no magics, and nothing in a cell that does not parse."""
        node = nbformat.from_dict(self.node)
        for cell in self.code:
            node.cells[cell.number - 1].source = "" if cell.number in self.errors else _plain(cell.source)
        return Document(self.path, self.text, node)

    @cached_property
    def owned(self) -> dict[str, Cell]:
        """The names that the student has to bind, each with the last cell that does."""
        return {name: cell for cell in self.students for name in names.bound(cell.source, imports=False)}

    @cached_property
    def definitions(self) -> dict[str, ast.FunctionDef | ast.ClassDef]:
        """The student's functions and classes, as the reference solution writes them."""
        found = {}
        for cell in self.students:
            found |= {node.name: node for node in self.tree(cell).body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        return found

    @cached_property
    def imports(self) -> dict[str, str]:
        """What each imported name of the notebook stands for: `{"np": "numpy", "KFold": "sklearn.model_selection.KFold"}`."""
        found: dict[str, str] = {}
        for cell in self.code:
            found |= imported(self.tree(cell))
        return found

    def dotted(self, node: ast.AST) -> str:
        """What an expression such as `np.random.normal` names, in full; empty if it is no name of a module."""
        if isinstance(node, ast.Attribute):
            before = self.dotted(node.value)
            return f"{before}.{node.attr}" if before else ""
        if isinstance(node, ast.Name):
            return self.imports.get(node.id, node.id if hasattr(builtins, node.id) and node.id not in self.owned else "")
        return ""

    def before(self, cell: Cell, cells: list[Cell]) -> list[Cell]:
        """Those of `cells` that stand above `cell`."""
        return [other for other in cells if other.number < cell.number]

    # regions

    def solution(self, cell: Cell) -> list[str]:
        """The lines that nbgrader takes out of a solution cell: its regions, or all of it if it marks none."""
        begin, end = self._delimiters(ClearSolutions, "solution")
        return _between(cell.source, begin, end) if begin in cell.source or not cell.grading.get("solution") else cell.lines

    def hidden(self, cell: Cell) -> set[int]:
        """The numbers, from 1, of the lines of a cell's hidden tests."""
        begin, end = self._delimiters(ClearHiddenTests, "test")
        inside, found = False, set()
        for number, line in enumerate(cell.lines, start=1):
            if begin in line:
                inside = True
            elif end in line:
                inside = False
            elif inside:
                found.add(number)
        return found

    def _delimiters(self, kind: type, what: str) -> tuple[str, str]:
        step = kind(config=self.config)
        return getattr(step, f"begin_{what}_delimeter"), getattr(step, f"end_{what}_delimeter")

    @cached_property
    def unsolved(self) -> nbformat.NotebookNode | str:
        """What the student gets; the reason, if nbgrader refuses to make it."""
        try:
            return student_version(self.node, self.course)
        except KeyError as error:
            return f"a cell's nbgrader metadata lack {error}"
        except (RuntimeError, ValueError) as error:
            return str(error)

    @property
    def files(self) -> list[Path]:
        """What nbgrader copies beside the notebook."""
        return [path for path in walk(self.path.parent, self.ignore) if path.suffix != ".ipynb"]


def sources(assignment: str, *, course: Path | None = None) -> list[Source | Problem]:
    """The source notebooks of an assignment.

    Args:
        assignment: its name, or the path of one of its notebooks.
        course: the folder of nbgrader_config.py; by default the nearest above the notebook, or above the working folder.

    Returns:
        The notebooks, by name; a file that is no notebook comes as the problem that says so.

    Raises:
        LintError: there is no such assignment, or no course.
    """
    path = Path(assignment)
    is_notebook = path.suffix == ".ipynb"
    if is_notebook and not path.is_file():
        raise LintError(f"{path}: there is no such file. Give the path of an assignment's source notebook, or the assignment's name.")
    start = path.resolve().parent if is_notebook else Path.cwd()
    root = Path(course).resolve() if course else next((folder for folder in (start, *start.parents) if (folder / CONFIGURATION).is_file()), None)
    if root is None or not (root / CONFIGURATION).is_file():
        raise LintError(
            f"{root or start}: there is no {CONFIGURATION}{'' if root else ' here or above'}. Name the folder of the course with --course."
        )
    try:
        settings = Course(root)
    except GradingError as error:
        raise LintError(str(error)) from error
    folder = path.parent if is_notebook else settings.folder("source", ".", assignment)
    paths = [path] if is_notebook else sorted(folder.glob("*.ipynb"))
    if not paths:
        raise LintError(f"{folder}: there is no notebook of the assignment {assignment!r}. Check the name, or name the course with --course.")
    shared = {"course": root, "config": settings.app.config, "ignore": tuple(settings.directory.ignore)}
    found: list[Source | Problem] = []
    for path in paths:
        document = load(_short(path))
        if isinstance(document, Problem):
            found.append(document)
        else:
            release = settings.folder("release", ".", path.resolve().parent.name) / path.name
            found.append(Source(document.path, document.text, document.node, release=release, **shared))
    return found


def loads(tree: ast.AST) -> Iterator[ast.Name]:
    """Every reading of a name."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))


def root(node: ast.AST) -> str | None:
    """The name at the left end of `name.attribute[0].method()`."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else None


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    """An argument that is given by name."""
    return next((argument.value for argument in call.keywords if argument.arg == name), None)


def shown(node: ast.AST, *, most: int = 60) -> str:
    """An expression as text, on one line, cut where it is long."""
    text = ast.unparse(node)
    return text if len(text) <= most else f"{text[: most - 3]}..."


def _short(path: Path) -> Path:
    path = path.resolve()
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _plain(source: str) -> str:
    source = re.sub(r"\A\s*%%(capture|time|timeit|prun)\b[^\n]*", "", source)  # what stands below is Python
    return TransformerManager().transform_cell(source)


def _parse(source: str) -> ast.Module | SyntaxError:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a doubtful escape is not what lint is about
            return ast.parse(_plain(source))
    except SyntaxError as error:
        return error


def _between(text: str, begin: str, end: str) -> list[str]:
    pattern = rf"^[^\n]*{re.escape(begin)}[^\n]*\n(.*?)^[^\n]*{re.escape(end)}"
    return [line for block in re.findall(pattern, text, flags=re.S | re.M) for line in block.splitlines()]
