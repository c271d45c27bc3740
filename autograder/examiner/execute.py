"""Drive a submission through two kernels: the student's cells in one, set-up in both, the tests where no student code is.

`examine` is for our own grader. `ExaminedExecute` puts the same into plain `nbgrader autograde`.
"""

import asyncio
import contextlib
import copy
import json
import math
import os
import re
import secrets
import shutil
import socket
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader import utils
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import Execute
from traitlets import Bool

from autograder.examiner import names, wire
from autograder.examiner.session import Session, error, has_error
from autograder.examiner.settings import Settings
from autograder.kernels import ADDRESS, Zygote, ZygoteError, imported_modules

INSIDE = "examine-inside"  # the tag of a test that may run in the student's own kernel
LOWER_ASSURANCE = "[lower assurance: this test ran in the student's own kernel]\n"
UNCONFINED = "[graded unconfined: the student's code could do what the grader can]\n"
_HIDDEN = re.compile(r"^[ \t]*### BEGIN HIDDEN TESTS.*?^[ \t]*### END HIDDEN TESTS[^\n]*\n?", re.S | re.M)
_LET_GO_SECONDS = 3  # for a student's function to end once it was interrupted


@dataclass(frozen=True)
class Examination:
    """What came of a submission.

    Attributes:
        notebook: with its outputs, as nbgrader would have stored it; nbgrader's rule for points holds.
        reasons: for each test that lost points, or that is worth less than it says, why: a sentence for an instructor.
        inside: the tests that ran in the student's kernel, by tag.
        confined: whether the kernels were.
        late: a limit on time was reached; on a core that others use too, that may be their doing.
        cpu_seconds: of both kernels.
        wall_seconds: from the start of the first kernel to the end of the last.
        peak_memory: bytes, of the larger kernel, with what it shares with the zygote.
    """

    notebook: NotebookNode
    reasons: dict[str, str]
    inside: list[str]
    confined: bool
    late: bool
    cpu_seconds: float
    wall_seconds: float
    peak_memory: int


def examine(
    notebook: NotebookNode,
    *,
    source: NotebookNode | None,
    folder: Path,
    given: Path | None = None,
    settings: Settings | None = None,
    zygote: str | None = None,
) -> Examination:
    """Run a submission's cells and its tests.

    Args:
        notebook: with the instructor's own locked cells and tests, hidden tests included; outputs are put into it.
        source: the instructor's notebook with solutions; it says which names the student is to bind.
        folder: the files beside the notebook. A confined kernel works in a copy; an unconfined one works there.
        given: the instructor's files alone, for the tests' kernel, where a file of the student's could take the place of a module. None: `folder`.
        settings: time, limits, confinement.
        zygote: the address of a running one; None uses this process's own.

    Returns:
        The examination. Nothing that a student does makes this raise.

    Raises:
        ZygoteError: no kernel can be started: the machine's fault, not the student's.
    """
    settings = settings or Settings()
    if settings.confined and not settings.forked:
        raise ZygoteError("This platform can not confine a student's code. Grade on Linux, or with --unconfined where you trust every student.")
    run = _Run(notebook, source, folder, given or folder, settings).through(zygote)
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(run)
    with ThreadPoolExecutor(1) as beside:  # formgrader calls from within a loop of its own
        return beside.submit(asyncio.run, run).result()


def is_test(cell: NotebookNode) -> bool:
    """Whether a cell is graded automatically."""
    return cell.cell_type == "code" and utils.is_grade(cell) and not utils.is_solution(cell)


class _Run:
    """One submission on its way through the two kernels."""

    def __init__(self, notebook: NotebookNode, source: NotebookNode | None, folder: Path, given: Path, settings: Settings) -> None:
        self.notebook, self.folders, self.settings = notebook, (folder, given), settings
        options = {"kernel": settings.kernel, "timeout": math.ceil(settings.timeout), "limits": settings.limits}
        self.student = Session(notebook, role="student", **options)
        self.examiner = Session(notebook, role="examiner", **options)
        self.owed = _owed(notebook, source)
        self.fresh: set[str] = set()
        self.student_has_run = False
        self.turn = ""  # the token of the test that runs
        self.line: socket.socket | None = None  # the student's end of the channel
        self.patience = math.ceil(settings.timeout)
        self.late = False
        self.reasons: dict[str, str] = {}
        self.inside: list[str] = []

    async def through(self, zygote: str | None) -> Examination:
        began = time.monotonic()
        ends = socket.socketpair()
        try:
            sessions = zip((self.student, self.examiner), self.folders, ends, strict=True)
            starts = (session.start(folder=folder, zygote=zygote, channel=end) for session, folder, end in sessions)
            for problem in await asyncio.gather(*starts, return_exceptions=True):  # both have ended their start before either is stopped
                if problem is not None:
                    raise problem
            ends[1].close()
            self.line = ends[0]
            for index, cell in enumerate(self.notebook.cells):
                if cell.cell_type == "code":
                    cell.outputs, cell.execution_count = [], None
                    if cell.source.strip():
                        self._mind_the_time(began)
                        cell_began = time.monotonic()
                        await self._run(cell, index)
                        self.late |= time.monotonic() - cell_began >= self.patience
                if is_test(cell):
                    self._note(cell)
                    self._show_assurance(cell)
        finally:
            for end in ends:
                end.close()
            await asyncio.gather(self.student.stop("the notebook is done"), self.examiner.stop("the notebook is done"))
        reports = (self.student.report, self.examiner.report)
        return Examination(
            notebook=self.notebook,
            reasons=self.reasons,
            inside=self.inside,
            confined=self.settings.kernel == "confined",
            late=self.late,
            cpu_seconds=round(sum(report.get("cpu_seconds", 0.0) for report in reports), 3),
            wall_seconds=round(time.monotonic() - began, 3),
            peak_memory=max(report.get("peak_memory", 0) for report in reports),
        )

    def _mind_the_time(self, began: float) -> None:
        left = self.settings.total_timeout - (time.monotonic() - began)
        self.patience = self.student.timeout = max(1, math.ceil(min(self.settings.timeout, left)))
        # The test's wait for an answer ends first: it says what was waited for, and needs no interrupt.
        self.examiner.timeout = self.patience + _LET_GO_SECONDS

    async def _run(self, cell: NotebookNode, index: int) -> None:
        if is_test(cell) and INSIDE in cell.metadata.get("tags", []):
            self.inside.append(cell.metadata.nbgrader.grade_id)
            await self._run_as_student(cell, index)
        elif is_test(cell):
            await self._run_as_examiner(cell, index)
            await self._lend_to_student(cell, index)
        elif utils.is_locked(cell):
            twin = copy.deepcopy(cell)
            if not self.student_has_run:  # nothing to ask of each other
                await asyncio.gather(self.student.run(cell, index), self.examiner.run(twin, index))
            else:
                await self.student.run(cell, index)
                await self._run_as_examiner(twin, index)
        else:
            await self._run_as_student(cell, index)

    async def _run_as_student(self, cell: NotebookNode, index: int) -> None:
        await self.student.run(cell, index)
        self.student_has_run = True
        self.fresh |= self.owed.get(index, set())

    async def _lend_to_student(self, cell: NotebookNode, index: int) -> None:
        """A later cell of the student's may use what a visible test binds, as it does in his own notebook."""
        visible = _HIDDEN.sub("", cell.source)
        binds = names.bound(visible)
        later = [other for other in self.notebook.cells[index + 1 :] if other.cell_type == "code" and not is_test(other)]
        if binds and any(binds & names.taken(other.source) for other in later):
            twin = copy.deepcopy(cell)
            twin.source = visible
            await self.student.run(twin, index)

    async def _run_as_examiner(self, cell: NotebookNode, index: int) -> None:
        """Run an instructor's cell in the examiner's kernel, while the student's answers its questions."""
        if not self.student_has_run:
            await self.examiner.run(cell, index)
            return
        self.turn = token = secrets.token_hex(8)
        serving = asyncio.ensure_future(_Serving(self.student, index).until_done(token))
        turn = f"token={token!r}, timeout={self.patience!r}"
        begin = f"from autograder.examiner import proxies as _p; _p.begin({cell.source!r}, {sorted(self.fresh)!r}, {turn}); del _p"
        serving.add_done_callback(lambda _: self._say_gone(token))
        prepared = await self._ask_examiner(begin)
        if prepared["status"] == "ok":
            self.fresh.clear()
            await self.examiner.run(cell, index)
            self.turn = ""
            ended = await self._ask_examiner("from autograder.examiner import proxies as _p; _p.end(); del _p")
            if ended["status"] != "ok" and not has_error(cell):
                # An answer was missing or forged, and the test took the error for what it expected.
                cell.outputs.append(error(ended.get("ename", "NoReply"), ended.get("evalue", "the tests' kernel did not answer")))
        else:
            self.turn = ""
            why = self.student.stopped or prepared.get("evalue") or "the student's kernel gave no answer"
            cell.outputs = [error(prepared.get("ename", "NoReply"), why)]
            if not serving.done():
                await self.student.interrupt()  # nobody will tell it that the test is over
        printed = await self._finish(serving)
        for name, text in printed.items():
            cell.outputs.append(new_output("stream", name=name, text=text))
        if self.student.stopped is not None and not has_error(cell):
            cell.outputs.append(error("KernelStopped", self.student.stopped))

    def _say_gone(self, token: str) -> None:
        """Tell the tests' kernel, in the student's place, that nobody answers any more; before its turn is over, that is no honest end."""
        if self.turn == token:
            with contextlib.suppress(OSError):  # the student's code has filled the line: then the test waits for its time
                self.line.send(wire.frame({"kind": "gone", "token": token}), socket.MSG_DONTWAIT)

    async def _ask_examiner(self, code: str) -> dict:
        if self.examiner.stopped is not None:
            return {"status": "error", "ename": "KernelStopped", "evalue": f"the tests' own kernel stopped: {self.examiner.stopped}"}
        reply = await self.examiner.quietly(code, timeout=self.examiner.timeout)
        if reply["status"] == "aborted":
            await self.examiner.stop("the tests' kernel did not answer")
        return reply

    async def _finish(self, serving: asyncio.Task) -> dict[str, str]:
        """Let the student's kernel come back from answering; a function that will not end is interrupted, then stopped."""
        for last_means in (None, self.student.interrupt, lambda: self.student.stop("the student's code could not be interrupted during a test")):
            if last_means is not None:
                self.late = True
                await last_means()
            done, _ = await asyncio.wait([serving], timeout=_LET_GO_SECONDS)
            if done:
                break
        else:
            serving.cancel()
        with contextlib.suppress(asyncio.CancelledError, Exception):
            return await serving
        return {}

    def _note(self, cell: NotebookNode) -> None:
        """Say why a test lost points."""
        name = cell.metadata.nbgrader.grade_id
        for output in cell.outputs:
            if output.get("name") == "stderr":  # a warning, a log, a progress bar: no failure, though nbgrader's rule takes it for one
                output.name = "stdout"
        try:
            points, most = utils.determine_grade(cell)
        except ValueError as problem:  # nbgrader gives up on the whole submission where a test's value is not between 0 and its points
            cell.outputs = [error("ValueError", f"the test's own value is no number of points: {problem}")]
            points, most = utils.determine_grade(cell)
        if points is None or points < most:
            shown = next((output for output in cell.outputs if output.output_type == "error"), None)
            if shown is not None:
                text = f"{shown.ename}: {shown.evalue}".strip().rstrip(":")
                self.reasons[name] = re.sub(r"\x1b\[[0-9;]*m", "", text)[:500]
            else:
                self.reasons[name] = "the test's own value gives part of the points"
        elif name in self.inside:
            self.reasons[name] = "ran in the student's own kernel (tag examine-inside): lower assurance"

    def _show_assurance(self, cell: NotebookNode) -> None:
        """Say beside a test, for every report that shows it, why its points are worth less than others'."""
        if self.settings.kernel != "confined":
            cell.outputs.append(new_output("stream", name="stdout", text=UNCONFINED))
        if cell.metadata.nbgrader.grade_id in self.inside:
            cell.outputs.append(new_output("stream", name="stdout", text=LOWER_ASSURANCE))


class _Serving:
    """The student's kernel while it answers the examiner; what it prints meanwhile."""

    def __init__(self, session: Session, index: int) -> None:
        self.session, self.index = session, index

    async def until_done(self, token: str) -> dict[str, str]:
        """Stream name -> text. Waits as long as the kernel lives: who waits for this interrupts it."""
        if self.session.stopped is not None:
            return {}
        code = f"from autograder.examiner import agent as _a; _a.serve({token!r})"
        request = self.session.kc.execute(code, silent=True, store_history=False, allow_stdin=False, user_expressions={})
        listening = asyncio.ensure_future(self._listen(request))
        reply = await self.session.reply_to(request, timeout=None)
        if reply["status"] == "aborted":
            listening.cancel()
            return {}
        done, _ = await asyncio.wait([listening], timeout=_LET_GO_SECONDS)
        if not done:
            listening.cancel()
            return {}
        if listening.exception() is not None:
            await self.session.stop(f"the kernel sent what is no message during the test in cell {self.index + 1}")
            return {}
        return listening.result()

    async def _listen(self, request: str) -> dict[str, str]:
        printed: dict[str, list[str]] = {}
        size = 0
        while True:
            message = await self.session.kc.get_iopub_msg()
            if message["parent_header"].get("msg_id") != request:
                continue
            content = message["content"]
            if message["msg_type"] == "status" and content.get("execution_state") == "idle":
                return {name: "".join(parts) for name, parts in printed.items()}
            size += len(json.dumps(content, default=str))
            if size > self.session.limits.output:
                await self.session.stop(
                    f"the student's code printed more than {self.session.limits.output / 2**20:g} MiB during the test in cell {self.index + 1}"
                )
                return {}
            if message["msg_type"] == "stream" and content.get("name") in ("stdout", "stderr"):
                printed.setdefault(content["name"], []).append(str(content.get("text", "")))


def _owed(notebook: NotebookNode, source: NotebookNode | None) -> dict[int, set[str]]:
    """For each of the student's cells, the names that it has to bind: those that the instructor's solution binds, but for imports.

    Without the instructor's notebook: what the student's own cell binds, but for what a set-up cell binds.
    """
    if source is None:
        setup = [cell.source for cell in notebook.cells if cell.cell_type == "code" and utils.is_locked(cell) and not is_test(cell)]
        kept = set().union(*map(names.bound, setup)) if setup else set()
        return {index: names.bound(cell.source, imports=False) - kept for index, cell in enumerate(notebook.cells) if _is_students(cell)}
    by_grade_id = {
        cell.metadata.nbgrader.grade_id: names.bound(cell.source, imports=False)
        for cell in source.cells
        if _has_grade_id(cell) and _is_students(cell)
    }
    by_id = {cell.get("id"): names.bound(cell.source, imports=False) for cell in source.cells if not _has_grade_id(cell) and _is_students(cell)}
    owed = {}
    for index, cell in enumerate(notebook.cells):
        if _is_students(cell):
            owed[index] = by_grade_id.get(cell.metadata.nbgrader.grade_id, set()) if _has_grade_id(cell) else by_id.get(cell.get("id"), set())
    return owed


def _has_grade_id(cell: NotebookNode) -> bool:
    return "grade_id" in cell.metadata.get("nbgrader", {})


def _is_students(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and not is_test(cell) and not utils.is_locked(cell)


class ExaminedExecute(Execute):
    """nbgrader's Execute, confined and examined from outside, for `c.Autograde.autograde_preprocessors`.

    Everything else of `nbgrader autograde` stays as it is: one submission at a time, nbgrader's own files and gradebook.
    """

    confined = Bool(True, help="False runs the student's code with the rights of whoever grades.").tag(config=True)

    _zygotes: dict[tuple[str, ...], Zygote] = {}

    def preprocess(self, nb: NotebookNode, resources: dict, km: object = None) -> tuple[NotebookNode, dict]:
        source = self._source(resources)
        settings = Settings(timeout=self.timeout or 10**6, total_timeout=10**6, confined=self.confined)
        if not settings.confined:
            self.log.warning("Student code runs UNCONFINED (ExaminedExecute.confined = False): it can do what you can do.")
        zygote = os.environ.get(ADDRESS) or (self._zygote(source or nb) if settings.forked else None)
        with tempfile.TemporaryDirectory() as given:
            shutil.copytree(self._source_folder(resources), given, ignore=shutil.ignore_patterns("*.ipynb"), dirs_exist_ok=True)
            folder = Path(resources["metadata"]["path"])
            found = examine(nb, source=source, folder=folder, given=Path(given), settings=settings, zygote=zygote)
        for name, reason in found.reasons.items():
            self.log.info("%s: %s", name, reason)
        return found.notebook, resources

    def _source_folder(self, resources: dict) -> Path:
        place = CourseDirectory(config=self.config)
        return Path(place.format_path(place.source_directory, ".", resources["nbgrader"]["assignment"]))

    def _source(self, resources: dict) -> NotebookNode | None:
        path = self._source_folder(resources) / f"{resources['nbgrader']['notebook']}.ipynb"
        return nbformat.read(path, as_version=4) if path.exists() else None

    def _zygote(self, notebook: NotebookNode) -> str:
        """One for each set of libraries, kept for the submissions that follow."""
        import atexit

        wanted = tuple(imported_modules(cell.source for cell in notebook.cells if cell.cell_type == "code"))
        zygote = self._zygotes.get(wanted)
        if zygote is None or not zygote.is_alive():
            zygote = self._zygotes[wanted] = Zygote(wanted)
            atexit.register(zygote.close)
        return zygote.address
