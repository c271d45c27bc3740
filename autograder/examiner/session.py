"""One kernel and the cells that run in it: nbclient, with a limit on output, and an end to every wait."""

import asyncio
import contextlib
import copy
import socket
from pathlib import Path
from typing import Any

import zmq.asyncio
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.kernels import Limits
from autograder.kernels.provisioner import KernelSpecs

_INTERRUPT_SECONDS = 6  # for a kernel to become idle once it was interrupted


class Session(NotebookClient):
    """A kernel of one role and the cells of a notebook that run in it.

    Args:
        notebook: whose cells will run; the session works on a copy, for nbclient puts what it runs into its notebook.
        role: "student" or "examiner".
        kernel: the kernelspec: "confined", "warm" or "python3".
        timeout: seconds that a cell may take.
        limits: what a confined kernel may use; `limits.output` holds for every kernel.
    """

    def __init__(self, notebook: NotebookNode, *, role: str, kernel: str, timeout: float, limits: Limits) -> None:
        # One message may not be longer than what a cell may print in all, give or take its wrapping.
        self._context = zmq.asyncio.Context()
        self._context.setsockopt(zmq.MAXMSGSIZE, 4 * limits.output + (1 << 20))
        self._context.setsockopt(zmq.RCVHWM, 16)
        self._context.setsockopt(zmq.LINGER, 0)
        manager = AsyncKernelManager(kernel_name=kernel, kernel_spec_manager=KernelSpecs(), context=self._context)
        super().__init__(
            copy.deepcopy(notebook),
            km=manager,
            timeout=timeout,
            allow_errors=True,
            interrupt_on_timeout=True,
            raise_on_iopub_timeout=True,
            iopub_timeout=_INTERRUPT_SECONDS,
            error_on_timeout={"ename": "CellTimeoutError", "evalue": f"no result after {timeout:g} seconds", "traceback": []},
            record_timing=False,
            store_widget_state=False,
            on_cell_executed=self._hear_reply,
        )
        self.role, self.limits = role, limits
        self.stopped: str | None = None
        self.report: dict[str, Any] = {}
        self._printed, self._replied = 0, False
        self._stopping: asyncio.Task | None = None

    async def start(self, *, folder: Path, zygote: str | None, channel: socket.socket) -> None:
        """Start the kernel and give it its end of the channel."""
        if self.km.kernel_name == "python3":
            await self.km.start_kernel(cwd=str(folder), pass_fds=[channel.fileno()])
        else:
            extra = {"limits": self.limits} if self.km.kernel_name == "confined" else {}
            await self.km.start_kernel(cwd=str(folder), zygote=zygote, channel=channel.fileno(), role=self.role, **extra)
        self.kc = self.km.client()
        self.kc.allow_stdin = False
        self.kc.start_channels(hb=False, stdin=False)
        await self._wait_until_heard()
        if self.km.kernel_name == "python3":
            module = "agent" if self.role == "student" else "proxies"
            await self.quietly(
                f"from autograder.examiner import {module} as _m; _m.attach({channel.fileno()}, get_ipython().user_ns); del _m", timeout=60
            )

    async def _wait_until_heard(self) -> None:
        """A subscription takes a moment to reach the kernel; what it says before that is lost."""
        for _ in range(600):
            request = self.kc.kernel_info()
            with contextlib.suppress(Exception):  # queue.Empty, by either of two names
                while True:
                    message = await self.kc.get_iopub_msg(timeout=0.1)
                    if message["parent_header"].get("msg_id") == request and message["content"].get("execution_state") == "idle":
                        return
            if not await self.km.is_alive():
                break
        raise DeadKernelError("The kernel does not answer.")

    async def quietly(self, code: str, *, timeout: float) -> dict:
        """Run a line of ours that shows nothing; the reply's content, whose status is "aborted" when none came in time."""
        request = self.kc.execute(code, silent=True, store_history=False, allow_stdin=False)
        return await self.reply_to(request, timeout=timeout)

    async def reply_to(self, request: str, *, timeout: float | None) -> dict:
        """The content of the reply to a request; its status is "aborted" when none came in time, or none can come."""
        try:
            async with asyncio.timeout(timeout):
                while True:
                    message = await self._next_reply()
                    if message["parent_header"].get("msg_id") == request:
                        return message["content"]
        except (TimeoutError, DeadKernelError):
            return {"status": "aborted"}
        except Exception as problem:  # the kernel's messages are the student's to forge
            await self.stop(f"the kernel sent what is no message ({type(problem).__name__})")
            return {"status": "aborted"}

    async def _next_reply(self) -> dict:
        """The next message on the shell channel, if the kernel lives to send one."""
        waiting = asyncio.ensure_future(self.kc.get_shell_msg())
        try:
            while not (await asyncio.wait([waiting], timeout=0.5))[0]:
                if not await self.km.is_alive():
                    raise DeadKernelError("The kernel died.")
            return waiting.result()
        finally:
            waiting.cancel()

    async def run(self, cell: NotebookNode, index: int) -> bool:
        """Run a cell; its outputs say what went wrong, if anything did. Returns whether the kernel said that all is well."""
        self._printed = 0
        if self.stopped is not None:
            cell.outputs = [error("KernelStopped", f"this cell did not run: {self.stopped}")]
            return False
        mine = self.nb.cells[index] = copy.deepcopy(cell)
        mine.outputs = []
        self._replied = False
        try:
            await self.async_execute_cell(mine, index, execution_count=self.code_cells_executed + 1)
        except CellTimeoutError:
            await self.stop(f"cell {index + 1} took longer than {self.timeout:g} seconds and could not be interrupted")
        except DeadKernelError:
            if self.stopped is None:
                await self.stop(f"the kernel died while cell {index + 1} ran")
        except CellExecutionError:
            pass  # its output is there
        except Exception as problem:  # the kernel's messages are the student's to forge
            await self.stop(f"the kernel sent what is no message while cell {index + 1} ran ({type(problem).__name__})")
        if not self._replied and self.stopped is None and not has_error(mine):
            mine.outputs.append(error("NoReply", "the kernel did not say that this cell has ended"))
        cell.outputs, cell.execution_count = mine.outputs, mine.get("execution_count")
        if self._stopping is not None:
            await self._stopping
        if self.stopped is not None:
            cell.outputs = [*_within(cell.outputs, self.limits.output), error("KernelStopped", self.stopped)]
            return False
        return not has_error(cell)

    def _hear_reply(self, *, cell: NotebookNode, execute_reply: dict, **_: object) -> None:
        """A reply that says `error` counts even where the kernel showed none (a time-out, or a student's own hook)."""
        self._replied = True
        content = execute_reply["content"]
        name = str(content.get("ename", "NoReply"))
        if content["status"] != "ok" and not any(output.output_type == "error" and output.ename == name for output in cell.outputs):
            cell.outputs.append(error(name, str(content.get("evalue", ""))))

    def process_message(self, message: dict, cell: NotebookNode, cell_index: int) -> NotebookNode | None:
        """Count what a cell shows while it arrives, and stop a kernel that shows too much."""
        self._printed += _size(message["content"])
        if self._printed > self.limits.output:
            self._stop_soon(f"cell {cell_index + 1} printed or displayed more than {self.limits.output / 2**20:g} MiB")
            return None
        return super().process_message(message, cell, cell_index)

    def _stop_soon(self, why: str) -> None:
        if self._stopping is None and self.stopped is None:
            self._stopping = asyncio.ensure_future(self.stop(why))

    async def interrupt(self) -> None:
        if self.stopped is None:
            await self.km.interrupt_kernel()

    async def stop(self, why: str) -> None:
        """End the kernel and all that it started. Cells that follow do not run, and say why. The first reason stays."""
        if self.stopped is not None:
            return
        self.stopped = why
        try:
            if self.kc is not None:
                self.kc.stop_channels()
            provisioner = self.km.provisioner
            if self.km.has_kernel:
                await self.km.shutdown_kernel(now=True)
            self.report = getattr(provisioner, "report", {})
            if self.report.get("reason"):
                self.stopped = self.report["reason"]
        finally:  # the garbage collector would wait for ever for sockets that it has not closed yet
            self._context.destroy(linger=0)


def error(name: str, text: str) -> NotebookNode:
    """An error output as a kernel would have made it."""
    return new_output("error", ename=name, evalue=text, traceback=[f"{name}: {text}"])


def has_error(cell: NotebookNode) -> bool:
    """Whether a cell shows an error."""
    return any(output.output_type == "error" for output in cell.outputs)


def _size(value: object) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(_size(part) for part in value.values())
    if isinstance(value, list):
        return sum(map(_size, value))
    return 8


def _within(outputs: list[NotebookNode], most: int) -> list[NotebookNode]:
    """The first outputs, as many as the limit lets through."""
    kept, size = [], 0
    for output in outputs:
        size += _size(output)
        if size > most:
            break
        kept.append(output)
    return kept
