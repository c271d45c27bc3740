"""Cells that the reader never sees (assertions, glue, the quiz) run in a namespace of their own, so that no shown cell comes to need one.

They read what the shown cells made; what they bind stays among themselves. This is what makes a run of the source a run of the
reader's edition too.
"""

from IPython import get_ipython

UNSEEN = {"remove-cell", "remove-input"}  # the tags of cells that the reader's edition leaves out
_MISSING = object()
_kept: dict[str, tuple[object, object]] = {}  # name: what an unseen cell bound, and what the shown cells had under that name


def run(source: str) -> None:
    """Run an unseen cell's source in this kernel."""
    shell = get_ipython()
    shown = shell.user_ns
    for name in [name for name, (_, then) in _kept.items() if shown.get(name, _MISSING) is not then]:
        del _kept[name]  # a shown cell has bound the name since
    before = {**shown, **{name: value for name, (value, _) in _kept.items()}}
    namespace = dict(before)
    code = shell.transform_cell(source)
    exec(compile(code, shell.compile.cache(code), "exec"), namespace)
    for name, value in namespace.items():
        if name != "__builtins__" and before.get(name, _MISSING) is not value:
            _kept[name] = (value, shown.get(name, _MISSING))
