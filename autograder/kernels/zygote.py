"""A process that has imported the course's libraries, and forks kernels from itself.

Importing TensorFlow takes seconds; a fork takes milliseconds. The zygote runs no notebook's code and hears no secret, so nothing of one
kernel can reach another through it. It may fork only while it has a single thread.
"""

import array
import contextlib
import importlib
import importlib.util
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from shutil import rmtree

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

from autograder.kernels import supervisor
from autograder.kernels.supervisor import Request

ADDRESS = "AUTOGRADER_ZYGOTE"
_START_SECONDS = 120
_REAP_SECONDS = 5
_SIGNAL_SECONDS = 5
# What every kernel imports, and what the libraries of this book need before they are imported.
_ALWAYS = [
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.comm",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.extensions.storemagic",
    "sqlite3",
    "tornado.platform.asyncio",
    "psutil",
    "pyseccomp",
    "autograder.kernels.seccomp",  # while a private root is put together, no module can be read
    "autograder.examiner.agent",
    "autograder.examiner.proxies",
    "autograder.examiner.traces",
]
SETTINGS = {
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OMP_NUM_THREADS": "1",  # also: the zygote must stay without threads
    "OPENBLAS_NUM_THREADS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
}
DEFAULT_PRELOAD = ("numpy", "pandas", "matplotlib.pyplot", "sklearn.linear_model", "sklearn.model_selection", "sklearn.metrics")


class ZygoteError(Exception):
    """No kernel could be forked: the zygote does not start, has died, or the platform refuses. The message says why and what to do."""


class Zygote:
    """Start the process; a context manager. It ends with this process, at the latest.

    Args:
        preload: modules to import beforehand. One that fails to import is left out.
        wait: False returns while it imports; `until_ready` must be called before a kernel is asked for.

    Raises:
        ZygoteError: it could not start.
    """

    def __init__(self, preload: Sequence[str] = DEFAULT_PRELOAD, *, wait: bool = True) -> None:
        self.preload = frozenset(preload)
        self.folder = tempfile.mkdtemp(prefix="autograder-", dir="/tmp")  # a socket's path must be short
        self.address = f"{self.folder}/zygote"
        home = f"{self.folder}/home"
        os.mkdir(home)
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "PYTHONHASHSEED") if name in os.environ}
        # A kernel can read the environment that its zygote was started with: nothing else may be in it.
        environment = {**kept, **SETTINGS, **_environment_of_kernelspec(), "HOME": home, "PYTHONSAFEPATH": "1"}
        command = [sys.executable, "-m", "autograder.kernels", self.address, *dict.fromkeys([*_ALWAYS, *preload])]
        self._log = Path(self.folder, "log")  # TensorFlow talks while it is imported
        self._is_ready = False
        with self._log.open("wb") as errors:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, env=environment, cwd=home, start_new_session=True
            )
        if wait:
            self.until_ready()

    def until_ready(self) -> None:
        """Wait until it has imported all.

        Raises:
            ZygoteError: it could not start.
        """
        if self._is_ready:
            return
        heard, _, _ = select.select([self._process.stdout], [], [], _START_SECONDS)
        line = self._process.stdout.readline().decode().strip() if heard else ""
        if line != "ready":
            said = self._log.read_text(errors="replace").strip().splitlines()
            self.close()
            raise ZygoteError(f"The process that forks kernels did not start: {said[-1] if said else 'it said nothing'}. Run `autograder doctor`.")
        self._is_ready = True

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def close(self) -> None:
        """End it; a second time does nothing."""
        if not self._is_ready:
            self._process.kill()  # it would not hear before it has imported all
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()
        rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> "Zygote":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _environment_of_kernelspec() -> dict[str, str]:
    """What `python3`'s kernelspec sets: libraries read it when they are imported, which is in the zygote."""
    try:
        return KernelSpecManager().get_kernel_spec("python3").env
    except NoSuchKernel:
        return {}


class ForkedKernel:
    """A kernel's process as jupyter_client sees it: what it uses of subprocess.Popen.

    Args:
        address: the zygote's socket.
        channel: a descriptor that the kernel gets as its end of the examiner's channel.

    Raises:
        ZygoteError: there is no kernel.
    """

    stdin = stdout = stderr = None

    def __init__(self, address: str, request: Request, channel: int | None = None) -> None:
        self.returncode: int | None = None
        self.report: dict = {}
        self._heard = b""
        self._supervisor = socket.socket(socket.AF_UNIX)
        try:
            self._supervisor.connect(address)
            passed = [] if channel is None else [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [channel]))]
            message = request.to_json()
            sent = self._supervisor.sendmsg([message], passed)
            self._supervisor.sendall(message[sent:])
            answer = self._next_line(_START_SECONDS)
        except OSError as error:
            raise ZygoteError(f"The process that forks kernels does not answer ({error}). Grade again: it is started anew.") from error
        if answer is None:
            raise ZygoteError("The process that forks kernels ended while it started one. Grade again: it is started anew.")
        if "failed" in answer:
            raise ZygoteError(f"The kernel did not start: {answer['failed']}")
        self.pid = answer["ready"]
        self._supervisor.setblocking(False)

    def _next_line(self, timeout: float) -> dict | None:
        deadline = time.monotonic() + timeout
        while b"\n" not in self._heard:
            self._supervisor.settimeout(max(0.001, deadline - time.monotonic()))
            part = self._supervisor.recv(1 << 16)
            if not part:
                return None
            self._heard += part
        line, self._heard = self._heard.split(b"\n", 1)
        return json.loads(line)

    def poll(self) -> int | None:
        """The exit code, or None while it runs."""
        if self.returncode is None:
            with contextlib.suppress(BlockingIOError):
                self._hear()
        return self.returncode

    def _hear(self) -> bool:
        """Take in what the supervisor says; whether it says that a signal was sent. Raises BlockingIOError when it says nothing now."""
        try:
            part = self._supervisor.recv(1 << 16)
        except ConnectionError:  # it was killed before it had read all
            part = b""
        *lines, self._heard = (self._heard + part).split(b"\n")
        messages = [json.loads(line) for line in lines]
        for message in messages:
            if "exit" in message:
                self.report, self.returncode = message, message["exit"]
        if not part and self.returncode is None:
            self.report, self.returncode = {"reason": "the process that watched the kernel was killed"}, -signal.SIGKILL
        if self.returncode is not None:
            self._supervisor.close()
        return any("sent" in message for message in messages)

    def wait(self, timeout: float | None = None) -> int:
        deadline = None if timeout is None else time.monotonic() + timeout
        while self.poll() is None:
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                raise subprocess.TimeoutExpired("kernel", timeout)
            select.select([self._supervisor], [], [], left)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, and wait until it is sent: an interrupt that came later would break off what is asked of the kernel next."""
        if self.poll() is None:
            with contextlib.suppress(OSError):
                self._supervisor.send(f"signal {number}\n".encode())
            deadline = time.monotonic() + _SIGNAL_SECONDS
            while self.returncode is None and (left := deadline - time.monotonic()) > 0:
                if select.select([self._supervisor], [], [], left)[0] and self._hear():
                    break

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.kill()  # process 1 of a namespace ignores SIGTERM


# The zygote's own process ---------------------------------------------------------------------------------------------


def imported_modules(sources: Iterable[str]) -> list[str]:
    """The installed modules that these pieces of code import; for `Zygote(preload=...)`. Code that does not parse has none."""
    import ast

    from IPython.core.inputtransformer2 import TransformerManager

    found: dict[str, None] = {}
    for source in sources:
        try:
            tree = ast.parse(TransformerManager().transform_cell(source))
        except SyntaxError:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found |= dict.fromkeys(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found |= dict.fromkeys([node.module])
    prefixes = (sys.prefix, sys.base_prefix)
    kept = []
    for name in found:
        specification = importlib.util.find_spec(name.split(".")[0])
        origin = specification and (specification.origin or next(iter(specification.submodule_search_locations or []), ""))
        if origin and (origin in ("built-in", "frozen") or origin.startswith(prefixes)):
            kept.append(name)
    return kept


def _preload(names: Sequence[str]) -> None:
    sys.modules["debugpy"] = None  # the kernel's debugger wants a network, and nobody debugs here
    for name in names:
        # a chapter may import what this machine lacks: its own cell will say so
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    del sys.modules["debugpy"]
    if "sklearn" in sys.modules:  # estimators cross by it
        with contextlib.suppress(Exception):
            importlib.import_module("skops.io")
    if "keras" in sys.modules:
        sys.modules["keras"].Sequential  # noqa: B018 - keras imports its parts when they are first used
    _show_a_traceback()


def _show_a_traceback() -> None:
    """The first one makes a style, and asks every module where it comes from; some import their parts for the answer."""
    from IPython.core.ultratb import AutoFormattedTB

    try:
        raise LookupError
    except LookupError:
        AutoFormattedTB(mode="Context").structured_traceback(*sys.exc_info())


def serve(address: str, names: Sequence[str]) -> None:
    """Import the modules, then fork a kernel for each request, until standard input ends. Never returns."""
    import gc

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _preload(names)
    threads = len(os.listdir("/proc/self/task")) if sys.platform == "linux" else 1
    if threads > 1:
        what = f"The process that forks kernels has {threads} threads; a fork would hang"
        sys.exit(f"{what}. Does a module that it imports run an operation? {', '.join(names)}")
    gc.collect()
    gc.freeze()  # the collector would touch, and so copy, every page
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    os.chmod(address, 0o600)
    listener.listen(128)
    print("ready", flush=True)
    while True:
        ready, _, _ = select.select([listener, sys.stdin], [], [], _REAP_SECONDS)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:  # supervisors report to their clients; here only their processor time is added up
                pass
        if sys.stdin in ready:
            rmtree(os.path.dirname(address), ignore_errors=True)
            os._exit(0)  # whoever started it is gone, or waits; the libraries' own clearing up takes a second
        if listener not in ready:
            continue
        client, _ = listener.accept()
        with contextlib.suppress(OSError, ValueError):
            _fork(client, listener)
        client.close()


def _fork(client: socket.socket, listener: socket.socket) -> None:
    client.settimeout(10)
    message, descriptors, _, _ = socket.recv_fds(client, 1 << 20, 1)
    while message and not message.endswith(b"\n"):
        message += client.recv(1 << 20)
    if message:
        client.settimeout(None)
        if os.fork() == 0:
            _be_the_supervisor(Request.from_json(message), client, listener, descriptors)
    for descriptor in descriptors:
        os.close(descriptor)


def _be_the_supervisor(request: Request, client: socket.socket, listener: socket.socket, descriptors: Sequence[int]) -> None:
    """Never returns."""
    try:
        listener.close()
        null = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(null, standard)
        keep = {0, 1, 2, client.fileno(), *descriptors}
        for descriptor in map(int, os.listdir("/proc/self/fd")):
            if descriptor not in keep:
                with contextlib.suppress(OSError):
                    os.close(descriptor)
        supervisor.supervise(request, client, descriptors[0] if descriptors else None)
    finally:
        os._exit(0)
