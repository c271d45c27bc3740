"""Processes that grade notebooks, one job at a time each.

They are forked from a nursery: a small process that has imported what they need, holds nothing open, and ends them all when the
grader goes, however it goes.
"""

import contextlib
import ctypes
import errno
import gc
import math
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import traceback
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path

from nbformat import NotebookNode
from nbgrader import utils

from autograder.examiner.execute import examine, is_test
from autograder.examiner.settings import Settings
from autograder.grading import GradingError, intake
from autograder.grading.course import Assignment
from autograder.kernels import Zygote, ZygoteError

_ATTEMPTS = 2  # of one job
_ZYGOTES = 5  # that may die in one run
_HOPELESS = 3  # jobs in a row for which no kernel could be started: it is the machine
_MARGIN = 60  # seconds beyond a notebook's total timeout before its worker counts as hung
_TICK = 0.5
_PR_SET_PDEATHSIG = 1
_MESSAGE = struct.Struct("!cq")  # between grader and nursery: what, and which process
_FORK, _KILL = b"f", b"k"
_MACHINE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN}


@dataclass(frozen=True)
class Job:
    """One submitted notebook. `stage` is a folder for its files that the worker makes."""

    student: str
    notebook: str
    folder: Path
    stage: Path


@dataclass(frozen=True)
class Graded:
    """What came of a job.

    Attributes:
        notebook: with outputs; nbgrader's rule for points holds.
        fingerprint: of the submission that was read.
        reasons: by grade_id, why points were lost.
        notes: what was put right or left out of the submission.
        inside: tests that ran in the student's kernel.
        late: a limit on time was reached.
    """

    notebook: NotebookNode
    fingerprint: str
    reasons: dict[str, str]
    notes: list[str]
    inside: list[str] = field(default_factory=list)
    confined: bool = True
    late: bool = False
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    peak_memory: int = 0


@dataclass(frozen=True)
class Failed:
    """A job that was not graded, and why. `machine`: no other job would do better."""

    reason: str
    machine: bool = False
    zygote: bool = False


# One job --------------------------------------------------------------------------------------------------------------


def carry_out(job: Job, assignment: Assignment, settings: Settings, zygote: str | None) -> Graded:
    """Take a submitted notebook in, run it, examine it."""
    source = assignment.notebooks[job.notebook]
    fingerprint = intake.fingerprint(job.folder, assignment.ignore)
    shutil.rmtree(job.stage, ignore_errors=True)
    job.stage.mkdir(parents=True)
    notes = intake.stage(job.folder, job.stage, assignment)
    received = intake.receive(job.folder / f"{job.notebook}.ipynb", source, restore_tests=assignment.restore_tests)
    notes = received.reasons + notes
    if not received.runs:
        return _settle(Graded(received.with_outputs(None), fingerprint, dict(received.withheld), notes, confined=settings.confined))
    with tempfile.TemporaryDirectory(dir=job.stage.parent) as given:
        intake.lay_out(assignment, Path(given))
        found = examine(received.to_run(), source=source.node, folder=job.stage, given=Path(given), settings=settings, zygote=zygote)
    return _settle(
        Graded(
            notebook=received.with_outputs(found.notebook),
            fingerprint=fingerprint,
            reasons={**found.reasons, **received.withheld},
            notes=notes,
            inside=found.inside,
            confined=found.confined,
            late=found.late,
            cpu_seconds=found.cpu_seconds,
            wall_seconds=found.wall_seconds,
            peak_memory=found.peak_memory,
        )
    )


def _settle(graded: Graded) -> Graded:
    """A test whose outputs nbgrader's rule can not read gets no points; nbgrader itself would give the whole submission up."""
    for cell in graded.notebook.cells:
        if is_test(cell):
            try:
                utils.determine_grade(cell)
            except (ValueError, KeyError, TypeError) as error:
                reason = f"The test's value can not be used as points: {error}."
                cell.outputs.insert(0, intake.failure(reason))
                graded.reasons[cell.metadata.nbgrader.grade_id] = reason
    return graded


# The grader's side ----------------------------------------------------------------------------------------------------


def cores() -> list[int]:
    """The processors that this process may use; none where the platform does not say."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


def usual_size() -> int:
    """Two workers a core: one alone leaves it idle, while threads and processes of its job wait for each other."""
    return 2 * (len(cores()) or os.cpu_count() or 1)


class Pool:
    """Workers for one assignment; a context manager.

    Each worker keeps to one core, with all its kernels: a submission that spins slows down only those on its core. One of
    those that reached a limit on time may be innocent, so it is carried out again, with the core for itself.

    Args:
        size: how many workers.
        assignment: the instructor's part of every job.
        settings: time, limits, confinement.
        preload: modules that the zygote imports beforehand.
        zygote: one that was started already; it is taken if it imports all of `preload`, and closed in any case.
        seconds: that a job may take before its worker is stopped; by default the notebook's total timeout and a minute.
    """

    def __init__(
        self,
        size: int,
        assignment: Assignment,
        settings: Settings,
        *,
        preload: Sequence[str],
        zygote: Zygote | None = None,
        seconds: float | None = None,
    ) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="autograder-jobs-"))
        self.settings, self.preload = settings, preload
        self._assignment = assignment
        self._cores = cores()
        self._seconds = settings.total_timeout + _MARGIN if seconds is None else seconds
        self._size = size
        self._workers: list[_Worker] = []
        if zygote is not None and not zygote.preload >= set(preload):
            zygote.close()
            zygote = None
        self._zygote = zygote
        self._zygotes = self._not_started = 0
        self._control, theirs = socket.socketpair()
        self._log = self.folder / "log"
        with theirs:
            self._nursery = _start_nursery(theirs, self.folder, self._log)

    def results(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Graded | Failed] | None]:
        """Carry jobs out; each comes once, as it is done. None comes now and then, so that the caller can show the time.

        Raises:
            GradingError: the machine can not go on.
        """
        waiting = deque(_Turn(job) for job in jobs)
        try:
            if waiting:
                self._address()  # the nursery imports meanwhile
            for _ in range(min(self._size, len(waiting))):
                self._workers.append(self._hire(len(self._workers)))
            done: list[tuple[Job, Graded | Failed]] = []
            while True:
                self._hand_out(waiting)
                yield from done  # the workers have their next job while the caller writes
                done.clear()
                if not waiting and not any(worker.turn for worker in self._workers):
                    break
                ready = wait([worker.connection for worker in self._workers], timeout=_TICK)
                for place, worker in enumerate(self._workers):
                    turn = worker.turn
                    if worker.connection in ready:
                        answer = worker.answer()
                        if answer is None:
                            self._replace(place)
                            answer = Failed(f"the process that graded it ended {self._last_words()}")
                        elif self._zygote_died_in(worker):
                            answer = Failed("the process that forks kernels ended while the notebook ran", zygote=True)
                    elif turn and time.monotonic() - worker.began > self._seconds:
                        self._replace(place)
                        answer = Failed(f"it did not end within {self._seconds:.0f} seconds")
                    else:
                        continue
                    if turn is None:
                        continue
                    if isinstance(answer, Failed):
                        if answer.machine:
                            raise GradingError(answer.reason)
                        if turn.attempt < _ATTEMPTS + answer.zygote:
                            waiting.appendleft(replace(turn, attempt=turn.attempt + 1))
                            continue
                    elif answer.late and worker.had_company:
                        waiting.append(replace(turn, alone=True))  # behind all others: cores become free at the end
                        continue
                    self._count_starts(answer)
                    done.append((turn.job, answer))
                yield None
        finally:
            for worker in self._workers:
                self._dismiss(worker)
            self._workers.clear()

    def _hand_out(self, waiting: deque["_Turn"]) -> None:
        for place, worker in enumerate(self._workers):
            company = [other for other in self._workers if other is not worker and other.core == worker.core and other.turn]
            if worker.turn or not waiting or any(other.turn.alone for other in company) or (waiting[0].alone and company):
                continue
            turn = waiting.popleft()
            if worker.give(turn, self._address(), self._zygotes):
                for sharing in (worker, *company) if company else ():
                    sharing.had_company = True
            else:
                waiting.appendleft(turn)
                self._replace(place)

    def _replace(self, place: int) -> None:
        self._dismiss(self._workers[place])
        self._workers[place] = self._hire(place)

    def _count_starts(self, answer: Graded | Failed) -> None:
        self._not_started = self._not_started + 1 if isinstance(answer, Failed) and answer.zygote else 0
        if self._not_started == _HOPELESS:
            raise GradingError(answer.reason)

    def _hire(self, place: int) -> "_Worker":
        core = self._cores[place % len(self._cores)] if self._cores else None
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                socket.send_fds(self._control, [_MESSAGE.pack(_FORK, 0)], [theirs.fileno()])
            _, pid = _MESSAGE.unpack(_exactly(self._control, _MESSAGE.size))
            return _Worker(ours, pid, (self._assignment, self.settings, core))
        except (OSError, EOFError) as error:
            ours.close()
            raise GradingError(f"No worker process can be started {self._last_words()}. Grade again: what is graded stays.") from error

    def _dismiss(self, worker: "_Worker") -> None:
        worker.turn = None
        worker.connection.close()
        with contextlib.suppress(OSError):
            self._control.sendall(_MESSAGE.pack(_KILL, worker.pid))

    def _address(self) -> str | None:
        if not self.settings.forked:
            return None
        if self._zygote is not None and not self._zygote.is_alive():
            self._zygote.close()
            self._zygote = None
        try:
            if self._zygote is None:
                if self._zygotes == _ZYGOTES:
                    raise GradingError(
                        f"The process that forks kernels died {_ZYGOTES} times. Run `autograder doctor`, and grade again: what is graded stays."
                    )
                self._zygote = Zygote(self.preload)
                self._zygotes += 1
            self._zygote.until_ready()
        except ZygoteError as error:
            raise GradingError(str(error)) from error
        return self._zygote.address

    def _zygote_died_in(self, worker: "_Worker") -> bool:
        return self._zygote is not None and (worker.zygote != self._zygotes or not self._zygote.is_alive())

    def forget(self, job: Job) -> None:
        """A job's files are not needed any more."""
        shutil.rmtree(job.stage, ignore_errors=True)

    def _last_words(self) -> str:
        lines = self._log.read_text(errors="replace").strip().splitlines() if self._log.exists() else []
        return f"({lines[-1][:200]})" if lines else "(it said nothing)"

    def close(self) -> None:
        for worker in self._workers:
            self._dismiss(worker)
        self._control.close()
        try:
            self._nursery.wait(10)
        except subprocess.TimeoutExpired:
            self._nursery.kill()
            self._nursery.wait()
        if self._zygote is not None:
            self._zygote.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True)
class _Turn:
    """A job that is carried out for the `attempt`-th time; `alone` keeps others off the core."""

    job: Job
    attempt: int = 1
    alone: bool = False


class _Worker:
    """The grader's end of one worker."""

    def __init__(self, ours: socket.socket, pid: int, hello: tuple[Assignment, Settings, int | None]) -> None:
        self.connection, self.pid = Connection(ours.detach()), pid
        self.core = hello[2]
        self.turn: _Turn | None = None
        self.had_company = False
        self.zygote = 0
        self.began = 0.0
        self.connection.send(hello)

    def give(self, turn: _Turn, zygote: str | None, generation: int) -> bool:
        """Hand out a job; False if the worker is gone."""
        try:
            self.connection.send((turn.job, zygote))
        except OSError:
            return False
        self.turn, self.had_company, self.zygote, self.began = turn, False, generation, time.monotonic()
        return True

    def answer(self) -> Graded | Failed | None:
        """What it says; None if it is gone."""
        self.turn = None
        try:
            return self.connection.recv()
        except (EOFError, OSError):
            return None


# The nursery's and the workers' side ----------------------------------------------------------------------------------


def _exactly(channel: socket.socket, size: int) -> bytes:
    content = channel.recv(size, socket.MSG_WAITALL)
    if len(content) < size:
        raise EOFError
    return content


def _start_nursery(control: socket.socket, folder: Path, log: Path) -> "subprocess.Popen | _Forked":
    """Fork it where that is safe: it then has imported everything. A process with threads starts a fresh one, which takes seconds."""
    with open(log, "wb") as said:
        if sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1:
            pid = os.fork()
            if pid == 0:
                _be_the_nursery(control.fileno(), str(folder), said.fileno())
            return _Forked(pid)
        command = [sys.executable, "-m", "autograder.grading.workers", str(control.fileno()), str(folder)]
        fds = [control.fileno()]
        return subprocess.Popen(command, pass_fds=fds, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True)


class _Forked:
    """A child, with what Pool uses of subprocess.Popen."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def wait(self, timeout: float = math.inf) -> None:
        deadline = time.monotonic() + timeout
        with contextlib.suppress(ChildProcessError):  # the caller's program may have waited for all its children
            while os.waitpid(self.pid, os.WNOHANG)[0] == 0:
                if time.monotonic() > deadline:
                    raise subprocess.TimeoutExpired("nursery", timeout)
                time.sleep(0.005)

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)


def _be_the_nursery(control: int, folder: str, log: int) -> None:
    """Never returns, and keeps nothing open of what the grader has open: its lock least of all."""
    try:
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.closerange(3, control)
        os.closerange(control + 1, os.sysconf("SC_OPEN_MAX"))
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _nursery(socket.socket(fileno=control), folder)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)


def _nursery(control: socket.socket, folder: str) -> None:
    """Fork and kill workers as the grader asks, until it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Control-C is the grader's to handle
    gc.freeze()  # the collector would touch, and so copy, every page
    workers: set[int] = set()
    try:
        while True:
            message, descriptors, _, _ = socket.recv_fds(control, _MESSAGE.size, 1)
            if len(message) < _MESSAGE.size:
                break
            order, pid = _MESSAGE.unpack(message)
            if order == _FORK:
                pid = os.fork()
                if pid == 0:
                    control.close()
                    _be_a_worker(descriptors[0])
                workers.add(pid)
                os.close(descriptors[0])
                control.sendall(_MESSAGE.pack(_FORK, pid))
            elif pid in workers:
                workers.discard(pid)
                _kill(pid)
    except ConnectionError:
        pass  # the grader was killed while it was answered
    finally:
        for pid in workers:
            _kill(pid)
        shutil.rmtree(folder, ignore_errors=True)


def _kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)  # it is ours until it is waited for, so the number is not another's
    os.waitpid(pid, 0)


def _be_a_worker(descriptor: int) -> None:
    """Never returns."""
    code = 1
    try:
        nursery = os.getppid()
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        with Connection(descriptor) as connection:
            assignment, settings, core = connection.recv()
            if core is not None:
                os.sched_setaffinity(0, {core})  # its kernels get what it has
            while os.getppid() == nursery:
                job, zygote = connection.recv()
                connection.send(_answer(job, assignment, settings, zygote))
    except (EOFError, BrokenPipeError):
        code = 0
    finally:
        os._exit(code)


def _answer(job: Job, assignment: Assignment, settings: Settings, zygote: str | None) -> Graded | Failed:
    try:
        return carry_out(job, assignment, settings, zygote)
    except ZygoteError as error:
        return Failed(str(error), zygote=True)
    except OSError as error:
        if error.errno in _MACHINE:
            where = f"{job.student}, {job.notebook}.ipynb: {error.filename or job.stage}"
            return Failed(f"{where}: {error.strerror}. Mend that, and grade again: what is graded stays.", machine=True)
        return Failed(f"{type(error).__name__}: {error}")
    except Exception as error:  # a fault of ours must not take the other submissions with it
        return Failed(f"{type(error).__name__}: {error}")


def _main() -> None:
    _nursery(socket.socket(fileno=int(sys.argv[1])), sys.argv[2])


if __name__ == "__main__":
    from autograder.grading import workers  # by its own name: what crosses between processes names its classes

    workers._main()
