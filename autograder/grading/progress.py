"""How far grading has come: a line that is redrawn on a terminal, a line now and then elsewhere."""

import time
from typing import TextIO

_EVERY = 10  # seconds between lines where nothing can be redrawn


class Progress:
    """A count of submissions, with rate and time left; a context manager.

    Args:
        stream: where it is shown; None shows nothing.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self.total = self.done = 0
        self._stream = stream
        self._live = stream is not None and stream.isatty()
        self._began = self._shown = time.monotonic()
        self._said = float("-inf")
        self._drawn = False

    def expect(self, total: int) -> None:
        """The work begins: so many submissions."""
        self.total, self._began = total, time.monotonic()

    def step(self) -> None:
        """One more is done."""
        self.done += 1
        if self.done == self.total:
            self._shown = float("-inf")  # the last is always due
        self.show()

    def show(self) -> None:
        """Show it, if it is time."""
        now = time.monotonic()
        if now - self._shown >= (0.2 if self._live else _EVERY):
            self._shown = now
            self._write(self.line(now - self._began))

    def say(self, sentence: str) -> None:
        """Show a sentence; where nothing can be redrawn, not more often than the line."""
        now = time.monotonic()
        if self._live or now - self._said >= _EVERY:
            self._said = self._shown = now
            self._write(sentence)

    def line(self, seconds: float) -> str:
        """The line, after so many seconds of work."""
        text = f"{self.done} of {self.total} graded"
        if self.done and seconds > 0:
            text += f", {60 * self.done / seconds:.1f} a minute"
            if self.done < self.total:
                text += f", about {_span((self.total - self.done) * seconds / self.done)} left"
        return text

    def _write(self, text: str) -> None:
        if self._stream is not None:
            self._drawn = True
            print(f"\r\x1b[K{text}" if self._live else text, end="" if self._live else "\n", file=self._stream, flush=True)

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self._live and self._drawn:
            print(file=self._stream, flush=True)


def _span(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    return f"{minutes} min {seconds:02d} s" if minutes else f"{seconds} s"
