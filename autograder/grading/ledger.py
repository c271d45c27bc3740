"""What was graded, when, from what: `ledger.jsonl` in the course's folder, one line of JSON for each graded submission.

Lines are only ever appended, each is on disk before the next is written, and each holds the digest of the one before.
"""

import contextlib
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

from autograder.grading import GradingError

NAME = "ledger.jsonl"
_START = "0" * 64


class Ledger:
    """The ledger of a course; it is also the lock that keeps two graders apart.

    Args:
        root: the course's folder.
        writing: take the lock, make the file where there is none, and cut off a last line that a killed grader left half written.

    Raises:
        GradingError: another grader is at work, the file can not be opened, or a line was changed.
    """

    def __init__(self, root: Path, *, writing: bool = True) -> None:
        self.path = root / NAME
        self._file = None
        if not writing:
            self.lines = read(self.path)
            return
        try:
            self._file = open(self.path, "a+b", buffering=0)  # noqa: SIM115 - it is the lock, held until close()
        except OSError as error:
            raise GradingError(
                f"{self.path} can not be opened for writing ({error.strerror}). Every result is recorded there: mend that first."
            ) from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._file.close()
            raise GradingError(f"{self.path}: another `autograder` is grading this course. Wait until it has ended.") from error
        try:
            whole = self.path.read_bytes()
            kept = whole.rfind(b"\n") + 1
            if kept < len(whole):
                self._file.truncate(kept)
            self.lines = list(_parsed(self.path, whole[:kept]))
        except GradingError:
            self.close()
            raise

    def append(self, facts: dict) -> dict:
        """Add a line, and have it on disk.

        Args:
            facts: what was graded; JSON.

        Returns:
            The line, with the digests.

        Raises:
            GradingError: it could not be written; then the file is as it was.
        """
        line = sealed(facts, self.lines[-1]["digest"] if self.lines else _START)
        content = json.dumps(line, sort_keys=True).encode() + b"\n"
        size = os.fstat(self._file.fileno()).st_size
        try:
            written = self._file.write(content)
            if written < len(content):
                raise OSError(28, "No space left on device")
            os.fsync(self._file.fileno())
        except OSError as error:
            with contextlib.suppress(OSError):
                self._file.truncate(size)
            raise GradingError(
                f"{self.path} can not be written: {error.strerror}. Make room there, and grade again: what is graded stays."
            ) from error
        self.lines.append(line)
        return line

    def latest(self, assignment: str | None = None) -> dict[tuple[str, str], dict]:
        """The last line of each (student, assignment)."""
        return {(line["student"], line["assignment"]): line for line in self.lines if assignment in (None, line["assignment"])}

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def sealed(facts: dict, previous: str) -> dict:
    """The facts with the digest of the line before, and one over both."""
    line = {**facts, "previous": previous}
    return {**line, "digest": hashlib.sha256(json.dumps(line, sort_keys=True).encode()).hexdigest()}


def read(path: Path) -> list[dict]:
    """The whole lines of a ledger, checked.

    Raises:
        GradingError: there is none, or a line was changed, taken out or put in.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise GradingError(f"{path} can not be read ({error.strerror}). `autograder grade` makes it when it grades.") from error
    return list(_parsed(path, content[: content.rfind(b"\n") + 1]))


def _parsed(path: Path, content: bytes) -> Iterator[dict]:
    previous = _START
    for number, text in enumerate(content.split(b"\n")[:-1], start=1):
        try:
            line = json.loads(text)
            facts = {key: value for key, value in line.items() if key not in ("previous", "digest")}
            whole = line == sealed(facts, previous)
        except (ValueError, AttributeError, RecursionError):
            whole = False
        if not whole:
            raise GradingError(
                f"{path}: line {number} is not what was written there: it was changed, or a line before it was taken out. "
                "Restore the file from a backup; or keep it under another name as evidence, and `autograder grade` starts a new one."
            )
        previous = line["digest"]
        yield line
