"""Tests that cannot be examined from outside the student's kernel, where they do work inside it.

What these rules name is what `autograder.examiner.proxies` refuses, or what a change in the examiner's kernel cannot reach.
"""

import ast
import builtins
import re
from collections.abc import Iterator

from autograder.document import Cell, Problem
from autograder.examiner import names
from autograder.examiner.names import imported, read_names
from autograder.linting.source import Source, keyword, loads, root, shown

_INSIDE = "or tag the cell `examine-inside` (lower assurance)."
_HISTORY = frozenset({"In", "Out", "_ih", "_oh", "_i", "_ii", "_iii", "__", "___"})
_MAGICS = frozenset({"run_line_magic", "run_cell_magic", "system", "getoutput"})
_CURRENT = frozenset({"gcf", "gca", "gci", "get_fignums", "get_figlabels", "fignum_exists"})
_FIGURES = frozenset({"subplots", "figure", "axes", "subplot", "subplot_mosaic"})
_SOURCES = frozenset(f"inspect.{name}" for name in ("getsource", "getsourcelines", "getsourcefile", "getfile", "getclosurevars", "getcomments"))
_COPIES = frozenset({"copy.copy", "copy.deepcopy", "pickle.dumps", "pickle.dump", "dill.dumps", "joblib.dump", "dis.dis", "dis.get_instructions"})
_COMPARING = frozenset({"sorted", "min", "max", "sum", "abs", "round", "divmod", "pow"})
_EQUAL = re.compile(r"assert_?(array_)?_?(equal|almost_?equal|in|not_?equal|less|greater|count_?equal)\w*", re.I)
_FILE = re.compile(r"[\w./-]+\.(pkl|pickle|joblib|h5|hdf5|keras|pt|pth|db|sqlite3?|xlsx|zip|feather|pdf|gif|dill|onnx|tflite)")
# Their objects are rebuilt as plain data, or are classes of exceptions, which cross.
_PLAIN_BASES = re.compile(r"(NamedTuple|TypedDict|.*Error|.*Exception|.*Warning)")


def outside(source: Source) -> Iterator[Problem]:
    for cell in source.examined:
        for what, cure in _in_cell(source, cell):
            yield source.problem(cell, what, cure)


def _in_cell(source: Source, cell: Cell) -> Iterator[tuple[str, str]]:
    tree = source.tree(cell)
    yield from _operators(source, tree)
    yield from _classes(source, tree)
    yield from _figures(source, tree)
    yield from _history(source, cell, tree)
    yield from _code(source, tree)
    yield from _files(source, tree)
    yield from _stand_ins(source, cell, tree)


# operators of a student's class ----------------------------------------------------------------------------------------


def _operators(source: Source, tree: ast.Module) -> Iterator[tuple[str, str]]:
    instances = _instances(source, tree)

    def theirs(node: ast.AST) -> bool:
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            return any(theirs(part) for part in node.elts)
        return _is_instance(source, node, instances)

    cure = f"Compare plain values, such as attributes or the result of a method, {_INSIDE}"
    for node in ast.walk(tree):
        what = None
        match node:
            case ast.BinOp(left=left, right=right) if theirs(left) or theirs(right):
                what = f"the operator in `{shown(node)}`"
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() | ast.Invert(), operand=value) if theirs(value):
                what = f"the operator in `{shown(node)}`"
            case ast.AugAssign(target=target, value=value) if _is_instance(source, target, instances) or theirs(value):
                what = f"the operator in `{shown(node)}`"
            case ast.Compare(left=left, ops=signs, comparators=others):
                operands = [left, *others]
                pairs = zip(operands, signs, others, strict=False)
                if any(_compares(sign, theirs(one), theirs(other)) for one, sign, other in pairs):
                    what = f"the comparison `{shown(node)}`"
            case ast.Call(func=function):
                name = function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
                asks = name in _COMPARING or _EQUAL.fullmatch(name) or source.dotted(function) in _COPIES
                if asks and any(theirs(argument) for argument in node.args):
                    what = f"`{shown(node)}`"
        if what:
            yield f"An object of the student's own class stays in his kernel: {what} cannot be examined from outside.", cure


def _compares(sign: ast.cmpop, left: bool, right: bool) -> bool:
    if isinstance(sign, ast.Is | ast.IsNot):
        return False
    return left if isinstance(sign, ast.In | ast.NotIn) else left or right


def _instances(source: Source, tree: ast.Module) -> set[str]:
    """Names of objects of the student's classes: those that the solution makes, and those that the test makes."""
    found: set[str] = set()
    for body in [*(source.tree(cell) for cell in source.students), tree]:
        for node in ast.walk(body):
            if isinstance(node, ast.Assign):
                bound = {target.id for target in node.targets if isinstance(target, ast.Name)}
                found = found | bound if _is_instance(source, node.value, found) else found - bound
    return found


def _is_instance(source: Source, node: ast.AST, instances: set[str]) -> bool:
    if isinstance(node, ast.Name):
        return node.id in instances
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return _is_own_class(source, node.func.id)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        definition = source.definitions.get(node.value.id)
        return isinstance(definition, ast.ClassDef) and any("Enum" in ast.unparse(base) for base in definition.bases)
    return False


def _is_own_class(source: Source, name: str) -> bool:
    definition = source.definitions.get(name)
    return isinstance(definition, ast.ClassDef) and not any(_PLAIN_BASES.fullmatch(ast.unparse(base).rpartition(".")[2]) for base in definition.bases)


def _classes(source: Source, tree: ast.Module) -> Iterator[tuple[str, str]]:
    own = {name for name, definition in source.definitions.items() if isinstance(definition, ast.ClassDef)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            operands = [node.left, *node.comparators]
            if any(_asks_class(part) for part in operands) and any(isinstance(part, ast.Name) and part.id in own for part in operands):
                yield f"`{shown(node)}` compares a proxy's class with the student's.", "Write `isinstance(...)`."
        elif isinstance(node, ast.ClassDef):
            for base in node.bases:
                if isinstance(base, ast.Name) and base.id in own:
                    yield (
                        f"It derives {node.name} from the student's class {base.id}, which exists in his kernel only.",
                        f"Test {base.id} itself, {_INSIDE}",
                    )


def _asks_class(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "__class__"
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "type"


# figures, the notebook's history, code ---------------------------------------------------------------------------------


def _figures(source: Source, tree: ast.Module) -> Iterator[tuple[str, str]]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    pyplot = {name.rpartition(".")[2] for call in calls if (name := source.dotted(call.func)).startswith("matplotlib.pyplot.")}
    cure = f"Ask for the numbers that are drawn, as the result of a function, {_INSIDE}"
    if not pyplot & _FIGURES:
        for name in sorted(pyplot & _CURRENT):
            yield f"`plt.{name}()` finds no figure: the student drew in another kernel.", cure


def _history(source: Source, cell: Cell, tree: ast.Module) -> Iterator[tuple[str, str]]:
    bound = names.bound(cell.source).union(*(names.bound(other.source) for other in [*source.students, *source.setup]))
    for name in sorted({node.id for node in loads(tree)} & _HISTORY - bound):
        yield f"`{name}` holds the examiner's cells here, not the student's.", f"Test a name or a function, {_INSIDE}"
    plain = {
        id(node.value.func)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in _MAGICS and isinstance(node.value, ast.Call)
    }
    if any(node.id == "get_ipython" and id(node) not in plain for node in loads(tree)):
        yield "`get_ipython()` is the examiner's shell here, not the student's.", f"Test a name or a function, {_INSIDE}"


def _code(source: Source, tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and (name := source.dotted(node.func)) in _SOURCES
            and {part.id for part in loads(node)} & source.definitions.keys()
        ):
            yield f"`{name}` finds no text of a function that stays in the student's kernel.", f"Test what the function does, {_INSIDE}"


def _files(source: Source, tree: ast.Module) -> Iterator[tuple[str, str]]:
    beside = {path.name for path in source.files}
    written = {
        part.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _writes(node)
        for part in ast.walk(node)
        if isinstance(part, ast.Constant)
    }
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    for text in sorted(text for text in texts - written if _FILE.fullmatch(text) and text.rpartition("/")[2] not in beside):
        yield (
            f"The file {text} stays in the student's kernel: only plain data (.csv, .json, .npy, .txt, .png ...) is brought over.",
            f"Let the student bind the object to a name, or write plain data, {_INSIDE}",
        )
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and source.dotted(node.func) == "numpy.load" and _is_true(keyword(node, "allow_pickle")):
            yield (
                "`allow_pickle=True` lets a student's file run code in the examiner's kernel.",
                "Ask for plain arrays, and load them without it.",
            )
    modules = {name.removesuffix(".py") for cell in source.students for name in re.findall(r"(\w+\.py)\b", cell.source) if name not in beside}
    for name in sorted({target.split(".")[0] for target in imported(tree).values()} & modules):
        yield (
            f"It imports {name}, a module of the student's: his code is never brought over.",
            f"Let the student import it, and test the names, {_INSIDE}",
        )


def _is_true(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def _writes(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    mode = next(
        (part.value for part in [*call.args[1:2], *(item.value for item in call.keywords if item.arg == "mode")] if isinstance(part, ast.Constant)),
        "",
    )
    return (name == "open" and str(mode)[:1] in ("w", "x", "a")) or name.startswith(("to_", "save", "dump", "write"))


# stand-ins that the student's code does not see ------------------------------------------------------------------------


def _stand_ins(source: Source, cell: Cell, tree: ast.Module) -> Iterator[tuple[str, str]]:
    cure = f"Let the function take it as an argument, {_INSIDE}"
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in targets:
            name = source.dotted(target.value if isinstance(target, ast.Subscript) else target)
            if (isinstance(target, ast.Attribute) and name and name not in ("sys.stdout", "sys.stderr")) or name == "os.environ":
                yield f"`{shown(target)} = ...` changes the examiner's kernel; the student's functions run in another.", cure
        if isinstance(node, ast.Call) and (name := source.dotted(node.func)).startswith("unittest.mock.patch"):
            yield f"`{shown(node)}` patches the examiner's kernel; the student's functions run in another.", cure
    for node in tree.body:
        stand_in = node.name if isinstance(node, ast.FunctionDef) else None
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda | ast.Name | ast.Call):
            stand_in = next((target.id for target in node.targets if isinstance(target, ast.Name)), None)
        if stand_in and hasattr(builtins, stand_in) and stand_in not in source.owned:
            yield f"It puts its own `{stand_in}` in the place of the builtin; the student's functions still see Python's.", cure
    given = set().union(*(names.bound(other.source, imports=False) for other in source.before(cell, source.setup))) - source.owned.keys()
    changed = names.bound(cell.source) | {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript | ast.Attribute) and not isinstance(node.ctx, ast.Load) and (name := root(node)) is not None
    }
    for name in sorted(given & changed):
        reader = next((function for function, reads in _reads(source).items() if name in reads), None)
        if reader is not None:
            yield f"It changes `{name}`, which the student's `{reader}` reads; that runs in another kernel and sees the old value.", cure


def _reads(source: Source) -> dict[str, set[str]]:
    """The global names that each of the student's functions reads, in the reference solution."""
    return {name: read_names(ast.Module([definition], [])) - {name} for name, definition in source.definitions.items()}
