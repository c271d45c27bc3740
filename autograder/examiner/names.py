"""Which names a cell binds, and which it takes from elsewhere: the border between the student's kernel and the examiner's."""

import ast
import warnings

from IPython.core.inputtransformer2 import TransformerManager


def bound(source: str, *, imports: bool = True) -> set[str]:
    """The names that a cell binds at its top level. A cell that does not parse binds none."""
    visitor = _Binds(imports=imports)
    visitor.visit(_parsed(source))
    return visitor.names


def taken(source: str) -> set[str]:
    """The names that a cell reads before it binds them itself, as far as its text tells."""
    tree = _parsed(source)
    stored: set[str] = set()
    needed: set[str] = set()
    for statement in tree.body:
        loads = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load | ast.Del)}
        visitor = _Binds(imports=True)
        visitor.visit(statement)
        # A loop's or a comprehension's own variable is bound by the statement that reads it.
        own = visitor.names | {node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        own |= {node.arg for node in ast.walk(statement) if isinstance(node, ast.arg)}
        simple = isinstance(statement, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Expr)
        needed |= loads - stored - (set() if simple else own)
        if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
            needed |= {statement.target.id} - stored
        stored |= visitor.names
    return needed


def _parsed(source: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a student's doubtful escapes
            return ast.parse(TransformerManager().transform_cell(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


class _Binds(ast.NodeVisitor):
    def __init__(self, *, imports: bool) -> None:
        self.names: set[str] = set()
        self._imports = imports

    def visit_Name(self, node: ast.Name) -> None:  # noqa: N802 - ast's own spelling
        if isinstance(node.ctx, ast.Store | ast.Del):
            self.names.add(node.id)

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:  # noqa: N802
        if self._imports:
            self.names |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}

    visit_ImportFrom = visit_Import  # noqa: N815

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> None:  # noqa: N802
        self.names.add(node.name)
        for inner in ast.walk(node):
            if isinstance(inner, ast.Global):
                self.names |= set(inner.names)

    visit_AsyncFunctionDef = visit_ClassDef = visit_FunctionDef  # noqa: N815

    def visit_Lambda(self, node: ast.Lambda) -> None:  # noqa: N802 - what it binds is its own
        pass

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_Lambda  # noqa: N815
