"""Tracebacks of the tests' kernel: what the test's author and the student wrote, without the grader's own frames.

They would tell a student nothing, and IPython would parse our files for each to mark a line in it.
"""

import inspect
import sys
import types
from pathlib import Path

from IPython.core.interactiveshell import InteractiveShell

_OURS = str(Path(__file__).resolve().parent)


def hide_our_frames(shell: InteractiveShell) -> None:
    """Let this shell show exceptions without frames of this package."""
    shell.set_custom_exc((Exception,), _show)


def _show(shell: InteractiveShell, kind: type, error: Exception, trace: types.TracebackType | None, tb_offset: int | None = None) -> None:
    shown = error
    while shown is not None:  # the errors that led to this one are shown too
        shown.__traceback__ = _without_ours(shown.__traceback__)
        _say_whose_files(shown.__traceback__)
        shown = shown.__cause__ or (None if shown.__suppress_context__ else shown.__context__)
    shell.showtraceback((kind, error, error.__traceback__), tb_offset=tb_offset)


def _say_whose_files(trace: types.TracebackType | None) -> None:
    """Tell `inspect` which module a frame's file belongs to; for a cell's it would ask thousands of modules, several times a frame."""
    while trace is not None:
        name = trace.tb_frame.f_globals.get("__name__")
        if type(name) is str and name in sys.modules:
            inspect.modulesbyfile.setdefault(inspect.getabsfile(trace.tb_frame), name)
        trace = trace.tb_next


def _without_ours(trace: types.TracebackType | None) -> types.TracebackType | None:
    if trace is None:
        return None
    rest = _without_ours(trace.tb_next)
    if trace.tb_frame.f_code.co_filename.startswith(_OURS):
        return rest
    return types.TracebackType(rest, trace.tb_frame, trace.tb_lasti, trace.tb_lineno)
