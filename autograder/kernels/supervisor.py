"""The two processes behind each forked kernel: a supervisor outside, and the kernel that it watches.

The supervisor is a fork of the zygote. It confines itself, forks the kernel, and stays: it obeys its client (signals), keeps the
limit on memory, and reports how the kernel ended. When its client goes away, the kernel goes too.
"""

import contextlib
import json
import os
import resource
import select
import signal
import socket
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from IPython.core.interactiveshell import InteractiveShell

from autograder.kernels import confinement, linux
from autograder.kernels.confinement import HOME, ConfinementError, Limits

_WATCH_SECONDS = 0.1
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Request:
    """A kernel that a client asks for.

    Attributes:
        arguments: the kernel application's command line.
        environment: all of its environment variables.
        runtime: the folder of the connection file and the sockets.
        folder: the kernel's working folder; a confined kernel gets a copy of it.
        role: "student" or "examiner" attaches an end of the channel that comes with the request; "" has none.
        limits: None starts the kernel unconfined.
        processors: the cores that it may use; a kernel that spins harms those beside it no more than one core's worth.
    """

    arguments: list[str]
    environment: dict[str, str]
    runtime: str
    folder: str
    role: str
    limits: Limits | None
    processors: list[int]

    def to_json(self) -> bytes:
        fields = {**vars(self), "limits": None if self.limits is None else vars(self.limits)}
        return json.dumps(fields).encode() + b"\n"

    @classmethod
    def from_json(cls, text: bytes) -> "Request":
        fields = json.loads(text)
        return cls(**{**fields, "limits": None if fields["limits"] is None else Limits(**fields["limits"])})


def supervise(request: Request, client: socket.socket, channel: int | None) -> None:
    """Run a kernel to its end, and say on `client` (JSON lines) that it is ready, and how it ended.

    The client may write `signal N`. It hangs up to end the kernel.
    """
    user = 0
    try:
        os.setsid()
        if request.limits is not None:
            user = confinement.enter(folder=request.folder, runtime=request.runtime, limits=request.limits)
        ours, kernels = socket.socketpair()
        kernel = os.fork()
    except (OSError, ConfinementError) as error:
        _tell(client, {"failed": str(error)})
        return
    if kernel == 0:
        client.close()
        ours.close()
        _be_the_kernel(request, kernels, channel, user)
    os.sched_setaffinity(kernel, request.processors)
    kernels.close()
    if channel is not None:
        os.close(channel)
    _Watch(request, client, ours, kernel).run()


class _Watch:
    """The supervisor's loop."""

    def __init__(self, request: Request, client: socket.socket, kernel_end: socket.socket, kernel: int) -> None:
        self.request, self.client, self.kernel_end, self.kernel = request, client, kernel_end, kernel
        self.peak = self.reason = None
        self.in_private_root = False  # until then /proc is the machine's, and all of its processes would count
        self.exit_watch = os.pidfd_open(kernel)

    def run(self) -> None:
        waiting = [self.client, self.kernel_end, self.exit_watch]
        while True:
            timeout = _WATCH_SECONDS if self.request.limits else None
            ready, _, _ = select.select(waiting, [], [], timeout)
            if self.in_private_root:
                self._watch_memory()
            if self.kernel_end in ready:
                self._hear_kernel()
                waiting.remove(self.kernel_end)
            if self.client in ready and not self._obey():
                self._kill()
                os._exit(0)
            if self.exit_watch in ready:
                self._report()
                return

    def _hear_kernel(self) -> None:
        """The kernel's one message: its sockets are bound, or why they are not."""
        message = self.kernel_end.recv(1 << 16)
        if message != b"ready":
            _tell(self.client, {"failed": message.decode(errors="replace") or "the kernel ended while it started"})
            return
        try:
            if self.request.limits is not None:
                confinement.seal(self.request.runtime)
                self.in_private_root = True
            self.kernel_end.send(b"go")
            _tell(self.client, {"ready": self.kernel})
        except OSError as error:
            _tell(self.client, {"failed": str(error)})

    def _obey(self) -> bool:
        """Carry out the client's orders; False if it has gone."""
        orders = b""
        with contextlib.suppress(OSError):
            orders = self.client.recv(4096)
        for order in orders.decode().splitlines():
            number = int(order.removeprefix("signal "))
            if number == signal.SIGKILL:
                self._kill()
            else:
                os.kill(self.kernel, number)
            _tell(self.client, {"sent": number})  # what the client asks of the kernel next comes after the signal
        return bool(orders)

    def _kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            if self.request.limits is None:
                os.killpg(self.kernel, signal.SIGKILL)  # process 1 of a namespace takes all with it; an unconfined kernel has a group
            else:
                os.kill(self.kernel, signal.SIGKILL)

    def _watch_memory(self) -> None:
        """Add up what the kernel's processes hold for themselves; end them beyond the limit."""
        held = 0
        for entry in os.listdir("/proc"):
            if entry.isdigit():
                with contextlib.suppress(OSError, ValueError, IndexError):
                    held += int(Path(f"/proc/{entry}/statm").read_text().split()[1]) * _PAGE
        self.peak = max(self.peak or 0, held)
        if held > self.request.limits.memory:
            with contextlib.suppress(OSError):
                if self._held_alone() > self.request.limits.memory:
                    self.reason = f"the kernel used more than {self.request.limits.memory / 2**30:.1f} GiB of memory and was stopped"
                    self._kill()

    def _held_alone(self) -> int:
        """Bytes in the kernel's processes, each page's share only: what they have from the zygote hardly counts. Slow."""
        total = 0
        for entry in filter(str.isdigit, os.listdir("/proc")):
            with contextlib.suppress(OSError):
                total += 1024 * sum(
                    int(line.split()[1]) for line in Path(f"/proc/{entry}/smaps_rollup").read_text().splitlines() if line.startswith("Pss:")
                )
        return total

    def _report(self) -> None:
        _, status, usage = os.wait4(self.kernel, 0)
        if self.request.limits is None:
            self._kill()  # what it started, and left behind
        peak = self.peak or 1024 * usage.ru_maxrss
        cpu = usage.ru_utime + usage.ru_stime
        _tell(self.client, {"exit": os.waitstatus_to_exitcode(status), "cpu_seconds": cpu, "peak_memory": peak, "reason": self.reason})


def _tell(client: socket.socket, message: Mapping) -> None:
    with contextlib.suppress(OSError):
        client.sendall(json.dumps(message).encode() + b"\n")


def _be_the_kernel(request: Request, supervisor: socket.socket, channel: int | None, user: int) -> None:
    """Become the kernel. Never returns."""
    try:
        if request.limits is not None:
            confinement.give_up_rights(user=user, limits=request.limits, parent_death_signal=signal.SIGKILL)
            # The parent lives in another process namespace, where it has no number: 0. Process 1 would be an adopted orphan's parent.
            if os.getppid() != 0:
                os._exit(9)
            environment = {**request.environment, "HOME": HOME, "TMPDIR": "/tmp", "IPYTHONDIR": f"{HOME}/.ipython"}
            folder = HOME
        else:
            os.setsid()
            linux.die_with_parent(signal.SIGKILL)
            environment, folder = request.environment, request.folder
        os.environ.clear()
        os.environ.update(environment)
        os.chdir(folder)
        _forget_the_zygote()
        # A module beside the notebook comes first, as in any notebook; but nothing may take the place of what the tests import.
        sys.path.insert(len(sys.path) if request.role == "examiner" else 0, "")
        application = _initialise(request, channel)
        supervisor.sendall(b"ready")
        if supervisor.recv(2) != b"go":
            os._exit(9)
        supervisor.close()
        application.start()
    except BaseException as error:  # whatever it is, the supervisor has to know, and a fork must not go on as its parent
        with contextlib.suppress(OSError):
            supervisor.sendall(f"{type(error).__name__}: {error}".encode()[: 1 << 15])
        os._exit(1)
    os._exit(0)


def _forget_the_zygote() -> None:
    """What a fork has from its parent and a fresh process would not have."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGTERM, signal.SIGCHLD, signal.SIGPIPE):
        signal.signal(number, signal.SIG_IGN if number == signal.SIGPIPE else signal.SIG_DFL)
    tempfile.tempdir = None
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()  # else every kernel would draw the same numbers
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _initialise(request: Request, channel: int | None) -> object:
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = ["ipykernel_launcher", *request.arguments]
    application = IPKernelApp.instance()
    application.initialize(request.arguments)
    if channel is not None:
        _attach(request.role, channel, application.shell)
    return application


def _attach(role: str, channel: int, shell: InteractiveShell) -> None:
    if role == "student":
        from autograder.examiner import agent

        agent.attach(channel, shell.user_ns)
    else:
        from autograder.examiner import proxies, traces

        proxies.attach(channel, shell.user_ns)
        traces.hide_our_frames(shell)
