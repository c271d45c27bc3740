"""Run a grader, and watch what it costs: wall time, CPU time of everything it started, and the memory of its kernels."""

import contextlib
import ctypes
import os
import resource
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

_PR_SET_CHILD_SUBREAPER = 36
# A kernel that has loaded the course's library maps this; a grader's own processes don't.
_LIBRARY = "tensorflow"


class GraderFailed(Exception):
    """A grader did not run to its end. The message says which, and shows the end of its log."""


@dataclass(frozen=True)
class Cost:
    """What one run took.

    Attributes:
        wall_seconds: from the start of the first process to the end of the last.
        cpu_seconds: of all processes that it started and that have ended.
        others: the share of the machine's CPU time that somebody else took meanwhile. Figures with much of it are worth little.
    """

    wall_seconds: float
    cpu_seconds: float
    others: float


def adopt_orphans() -> None:
    """Become the parent of every process that a grader leaves behind, so that its time is counted and it is found."""
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl: this kernel does not let a process adopt orphans")


def timed(work: Callable[[], None]) -> Cost:
    """The cost of `work`, which starts processes and waits for them; no other process may be started meanwhile."""
    before, busy_before, start = _cpu_seconds(), _busy_seconds(), time.perf_counter()
    work()
    wall, busy = time.perf_counter() - start, _busy_seconds() - busy_before
    _reap()
    used = _cpu_seconds() - before
    return Cost(wall, used, max(0.0, busy - used) / (wall * os.cpu_count()))


def run(command: Sequence[str | Path], *, cwd: Path, env: dict[str, str], log: Path, stdout: Path | None = None) -> None:
    """Run a command to its end.

    Args:
        command: the program and its arguments.
        cwd: the folder to run it in.
        env: its environment.
        log: stderr is appended to this file; stdout as well unless `stdout` is given.
        stdout: a file for stdout alone.

    Raises:
        GraderFailed: it ended with another code than 0.
    """
    with open(log, "ab") as errors, open(stdout or log, "ab") as output:
        code = subprocess.run([str(part) for part in command], cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=errors).returncode
    if code != 0:
        last = "\n".join(log.read_text(errors="replace").strip().splitlines()[-15:])
        raise GraderFailed(f"`{' '.join(str(part) for part in command[:6])}` ended with code {code}. The end of its log:\n{last}")


def _cpu_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _busy_seconds() -> float:
    """CPU time that all processes of the machine have taken, and the host of a virtual one from it."""
    times = psutil.cpu_times()
    return times.user + times.nice + times.system + times.irq + times.softirq + times.steal


def _reap(patience: float = 5) -> None:
    """Wait a moment for adopted processes to end, so that their CPU time counts."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.05)
        except ChildProcessError:
            return


@dataclass
class Memory:
    """Proportional set sizes in bytes: the peak of each kernel, and the peak of all processes of the grader together."""

    kernels: list[int] = field(default_factory=list)
    total: int = 0


@contextlib.contextmanager
def watched_memory(interval: float = 0.1) -> Iterator[Memory]:
    """Watch all processes below this one; what it yields is filled in at the end.

    A page that n processes share counts 1/n for each. A kernel is a process that has the library loaded and no child that has it: that
    leaves out a parent that only forks kernels.
    """
    memory, done = Memory(), threading.Event()
    peaks: dict[tuple[int, float], int] = {}
    parents: set[tuple[int, float]] = set()

    def watch() -> None:
        while not done.wait(interval):
            total, loaded = 0, {}
            for process in psutil.Process().children(recursive=True):
                with contextlib.suppress(psutil.Error, OSError):
                    size = _pss(process.pid)
                    total += size
                    if _LIBRARY in Path(f"/proc/{process.pid}/maps").read_text():
                        loaded[process.pid] = ((process.pid, process.create_time()), process.ppid(), size)
            memory.total = max(memory.total, total)
            for key, parent, size in loaded.values():
                peaks[key] = max(peaks.get(key, 0), size)
                if parent in loaded:
                    parents.add(loaded[parent][0])

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield memory
    finally:
        done.set()
        watcher.join()
        memory.kernels = sorted(size for key, size in peaks.items() if key not in parents)


def _pss(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0
