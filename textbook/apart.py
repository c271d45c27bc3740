"""Run in a kernel what is no part of the reader's edition, in a namespace of its own.

Assertions, glue and the quiz, which no reader sees; folded answers and solutions, which a reader may skip. They read what the page's cells made;
what they bind stays among themselves. So a run of the source is a run of the reader's edition too: its cells, in its order, with nobody's help.
"""

import ast

from IPython import get_ipython

_MISSING = object()
_kept: dict[str, tuple[object, object]] = {}  # name: what was bound apart, and what the page had under that name


def run(source: str) -> None:
    """Run a cell's source, and show its last expression as any cell does."""
    shell = get_ipython()
    page = shell.user_ns
    for name in [name for name, (_, then) in _kept.items() if page.get(name, _MISSING) is not then]:
        del _kept[name]  # the page has bound the name since
    before = {**page, **{name: value for name, (value, _) in _kept.items()}}
    namespace = dict(before)
    code = shell.transform_cell(source)
    file = shell.compile.cache(code)
    tree = ast.parse(code, file)
    last = ast.Expression(tree.body.pop().value) if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    try:
        exec(compile(tree, file, "exec"), namespace)
        if last is not None:
            shell.displayhook(eval(compile(last, file, "eval"), namespace))
    finally:
        for name, value in namespace.items():
            if name != "__builtins__" and before.get(name, _MISSING) is not value:
                _kept[name] = (value, page.get(name, _MISSING))
