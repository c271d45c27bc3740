"""Control-C at the wrong moment: between a result and its record, or in an import, where some library swallows it."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Control-C waits until the block is done; the second one does not wait."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked = []

    def ask(*_: object) -> None:
        asked.append(True)
        if len(asked) > 1:  # the gradebook may be locked for long
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if asked:
        raise KeyboardInterrupt
