"""Which names a cell binds, and which it takes from elsewhere: the border between the student's kernel and the examiner's."""

import ast
import warnings

from IPython.core.inputtransformer2 import TransformerManager


def bound(source: str, *, imports: bool = True) -> set[str]:
    """The names that a cell binds. A cell that does not parse binds none."""
    tree = _parsed(source)
    found = set().union(*map(_stored, tree.body)) - (set() if imports else imported(tree).keys())
    return found | {name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names}


def taken(source: str) -> set[str]:
    """The names that a cell reads before it binds them itself, as far as its text tells."""
    stored: set[str] = set()
    needed: set[str] = set()
    for statement in _parsed(source).body:
        own = _stored(statement)
        # A loop or a block reads what it has bound itself a line before; a simple statement reads first and binds then.
        compound = isinstance(statement, ast.For | ast.AsyncFor | ast.While | ast.If | ast.With | ast.AsyncWith | ast.Try | ast.Match)
        needed |= read_names(statement) - stored - (own if compound else set())
        stored |= own
    return needed


def imported(tree: ast.Module) -> dict[str, str]:
    """The names that a cell's imports bind, each with what it stands for."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.asname or alias.name.split(".")[0]: alias.name if alias.asname else alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return found


def read_names(node: ast.AST) -> set[str]:
    """The names of the notebook that some code reads: no parameters, no variables of its functions and comprehensions."""
    inner = set().union(*(read_names(child) for child in ast.iter_child_nodes(node)))
    match node:
        case ast.Name(id=name):
            return set() if isinstance(node.ctx, ast.Store) else {name}
        case ast.AugAssign(target=ast.Name(id=name)):
            return inner | {name}
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            return inner.difference(*(_stored(part.target) for part in node.generators))
        case ast.Lambda():
            return inner - _parameters(node.args)
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            own = set().union(*map(_stored, node.body)) | _parameters(node.args)
            return inner - (own - {name for part in ast.walk(node) if isinstance(part, ast.Global) for name in part.names})
        case ast.ClassDef():
            return inner.difference(*map(_stored, node.body))
    return inner


def _stored(node: ast.AST) -> set[str]:
    """What a statement of a function binds there, as far as its own scope goes."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        return set()
    found = set().union(*map(_stored, ast.iter_child_nodes(node)))
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        found.add(node.id)
    elif isinstance(node, ast.ExceptHandler) and node.name:
        found.add(node.name)
    elif isinstance(node, ast.Import | ast.ImportFrom):
        found |= imported(ast.Module([node], [])).keys()
    return found


def _parameters(arguments: ast.arguments) -> set[str]:
    return {node.arg for node in ast.walk(arguments) if isinstance(node, ast.arg)}


def _parsed(source: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a student's doubtful escapes
            return ast.parse(TransformerManager().transform_cell(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])
