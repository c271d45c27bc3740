"""Rules on a page's code: where it imports, what it leaves in its reader's view, habits that go wrong."""

import ast
import functools
import re
import symtable
from collections.abc import Iterator

from IPython.core.inputtransformer2 import TransformerManager

from autograder.document import Cell, Document, Problem
from textbook.cells import ANSWER, CHECK, UNSEEN, YOUR_TURN

_MACHINERY = {"glue", "display_quiz", "quiz", "myst_nb", "jupyterquiz"}
# What a page may take of pyplot; all else belongs to a figure's own axes.
_PYPLOT = {"close", "subplots", "subplot_mosaic", "show", "Rectangle", "Circle", "Polygon", "Normalize", "cm", "colormaps", "get_cmap"}
_SPREADS = {"std", "var", "nanstd", "nanvar"}
_FITS = {"fit", "fit_predict", "fit_transform"}


def tree(cell: Cell) -> ast.Module:
    """A cell's code; an empty module where it is no Python (nbval says so)."""
    return ast.parse(_python(cell.source))


@functools.cache
def _python(source: str) -> str:
    code = TransformerManager().transform_cell(source)
    try:
        ast.parse(code)
    except SyntaxError:
        return ""
    return code


def _seen(document: Document) -> Iterator[tuple[Cell, ast.Module]]:
    """The code that a reader can open, folded or not."""
    for cell in document.code:
        if not UNSEEN & set(cell.tags):
            yield cell, tree(cell)


def _loaded(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load)}


def _read(cell: Cell) -> set[str]:
    """Names that a cell takes from the cells before it."""

    def within(table: symtable.SymbolTable) -> set[str]:
        here = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_global() and symbol.is_referenced()}
        return here.union(*map(within, table.get_children()))

    module = symtable.symtable(_python(cell.source), "<cell>", "exec")
    here = {symbol.get_name() for symbol in module.get_symbols() if symbol.is_referenced()}
    return here.union(*map(within, module.get_children())) - _stored(tree(cell))


def _stored(node: ast.AST) -> set[str]:
    """Names that a piece of code binds, where they stand: not within functions, and no loop's in a comprehension."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        return set()
    if isinstance(node, ast.Name):
        return {node.id} if isinstance(node.ctx, ast.Store) else set()
    return set().union(*map(_stored, ast.iter_child_nodes(node)))


def imports_at_first_use(document: Document) -> Iterator[Problem]:
    for cell, code in _seen(document):
        for node in ast.walk(code):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [(alias.asname or alias.name).split(".")[0] for alias in node.names]
                for name in set(names) - _loaded(code):
                    yield document.problem(cell, f"It imports {name} and does not use it.", "Import it in the cell that first uses it.")


def machinery_out_of_view(document: Document) -> Iterator[Problem]:
    for cell, code in _seen(document):
        modules = {node.module for node in ast.walk(code) if isinstance(node, ast.ImportFrom)}
        if shown := (_loaded(code) | modules) & _MACHINERY:
            yield document.problem(cell, f"The reader sees {', '.join(sorted(shown))}.", "Move it to a cell with the tag `remove-cell`.")


def axes_idiom(document: Document) -> Iterator[Problem]:
    for cell, code in _seen(document):
        for node in ast.walk(code):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "plt" and node.attr not in _PYPLOT:
                yield document.problem(cell, f"It calls plt.{node.attr}.", "Write `fig, ax = plt.subplots()`, then call `ax`.")
            if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("plt.subplot"):
                target = node.targets[0]
                if not (isinstance(target, ast.Tuple) and ast.unparse(target.elts[0]) == "fig"):
                    yield document.problem(
                        cell, f"It names a figure {ast.unparse(target)}.", "Write `fig, ax = plt.subplots()` (`axes` for several)."
                    )


def one_name_for_predictions(document: Document) -> Iterator[Problem]:
    for cell, code in _seen(document):
        if "y_hat" in _loaded(code) | _stored(code):
            yield document.problem(cell, "It calls predictions y_hat.", "Call them y_pred, as notation.md does.")


def spread_says_its_ddof(document: Document) -> Iterator[Problem]:
    for cell, code in _seen(document):
        for node in ast.walk(code):
            is_spread = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _SPREADS
            if is_spread and "ddof" not in {keyword.arg for keyword in node.keywords}:
                yield document.problem(cell, f"`{ast.unparse(node)}` does not say its ddof.", "A spread has ddof=1, a population's formula ddof=0.")


def fresh_models_in_loops(document: Document) -> Iterator[Problem]:
    for cell, code in _seen(document):
        made_here = _stored(code)
        for name in _refitted(code, [], made_here):
            yield document.problem(cell, f"Its loop fits {name} again and again, the same object.", f"Fit a fresh one: `clone({name}).fit(...)`.")


def _refitted(node: ast.AST, around: list[ast.For | ast.While], made_here: set[str]) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.Call) and isinstance(child.func, ast.Attribute) and child.func.attr in _FITS and around:
            model = child.func.value
            if isinstance(model, ast.Name) and not _is_fresh(model.id, around, made_here):
                yield model.id
        yield from _refitted(child, [*around, child] if isinstance(child, ast.For | ast.While) else around, made_here)


def _is_fresh(name: str, around: list[ast.For | ast.While], made_here: set[str]) -> bool:
    """Made in the innermost loop, or handed out once by it from what the loop around it, or else this cell, has made."""
    inner = around[-1]
    if any(name in _stored(statement) for statement in inner.body):
        return True
    if isinstance(inner, ast.For) and name in _stored(inner.target):
        source = _loaded(inner.iter)
        makes = any(isinstance(part, ast.Call) and not isinstance(part.func, ast.Attribute) for part in ast.walk(inner.iter))
        made = set().union(*(_stored(statement) for statement in around[-2].body)) if len(around) > 1 else made_here
        return makes or bool(source & made)
    return False


def names_of_one_section(document: Document) -> Iterator[Problem]:
    """A name that two sections define means one thing to whoever reads them in order, and another to whoever does not."""
    section, defined = 0, {}
    for cell in document.cells:
        if cell.is_markdown:
            section += bool(cell.source.startswith("## "))
            continue
        if UNSEEN & set(cell.tags):
            continue
        for name in sorted(_read(cell)):
            where = defined.get(name, {})
            if where and max(where) != section and len(where) > 1:
                lines = " and ".join(str(number) for number in where.values())
                yield document.problem(
                    cell, f"It reads {name}, which cells {lines}, of different sections, define.", "Give one of them another name."
                )
        for name in _stored(tree(cell)):
            defined.setdefault(name, {})[section] = cell.number


def what_a_reader_may_skip(document: Document) -> Iterator[Problem]:
    """The page goes on without the reader's own answers, and without the solutions: the reader's edition runs neither."""
    owners: dict[str, tuple[object, int]] = {}
    solution, turn = None, 0
    for cell in document.cells:
        if cell.is_markdown:
            if start := re.search(r"\{solution-start\} (\S+)", cell.source):
                solution = start.group(1)
            if "{solution-end}" in cell.source and not (start and cell.source.index("{solution-end}") < start.start()):
                solution = None
            continue
        if UNSEEN & set(cell.tags):
            continue
        turn += YOUR_TURN in cell.tags
        own = solution or (turn if {YOUR_TURN, CHECK, ANSWER} & set(cell.tags) else None)
        for name in sorted(_read(cell)):
            owner, number = owners.get(name, (None, 0))
            if owner not in (None, own):
                what = "a solution" if isinstance(owner, str) else "the reader's answer"
                yield document.problem(cell, f"It reads {name} of cell {number}, {what}.", "Define it in a cell of the page, or name it apart.")
        owners |= dict.fromkeys(_stored(tree(cell)), (own, cell.number))
