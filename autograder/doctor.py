"""What this machine can confine, and why not: `autograder doctor`.

It does not trust what the system says of itself: it starts a confined kernel and lets it try what a cheat would try.
"""

import asyncio
import json
import os
import platform
import socket
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbformat.v4 import new_code_cell, new_notebook

_LEAST_LINUX = (5, 12)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        what: in a few words.
        ok: whether it is as confinement needs it.
        detail: what was found and, if that is not well, what to do.
    """

    what: str
    ok: bool
    detail: str


def diagnose() -> list[Finding]:
    """Look at this machine, and let a confined kernel try to break out of it."""
    findings = list(_platform())
    if all(finding.ok for finding in findings):
        findings += asyncio.run(_attempts())
    return findings


def _platform() -> Iterator[Finding]:
    is_linux = sys.platform == "linux"
    cure = "" if is_linux else " Only Linux can confine. Grade on a Linux machine, or with --unconfined where you trust every student."
    yield Finding("system", is_linux, f"{platform.system()} {platform.machine()}.{cure}")
    if not is_linux:
        return
    version = tuple(int(part) for part in platform.release().split("-")[0].split(".")[:2])
    yield Finding("kernel", version >= _LEAST_LINUX, f"Linux {platform.release()}; {'.'.join(map(str, _LEAST_LINUX))} or later is needed.")
    try:
        from autograder.kernels import seccomp

        seccomp.make_filter()
        yield Finding("seccomp", True, "libseccomp is there and knows this processor.")
    except (ImportError, OSError, RuntimeError) as error:
        yield Finding("seccomp", False, f"{error}. Install libseccomp (Debian: apt install libseccomp2).")
    if os.geteuid() == 0:
        yield Finding("rights", True, "root: each kernel gets a user id of its own.")
    else:
        yield _user_namespaces()


def _user_namespaces() -> Finding:
    """An ordinary user confines by user namespaces, which some distributions switch off."""
    switches = {
        "/proc/sys/user/max_user_namespaces": ("0", "sysctl user.max_user_namespaces=10000"),
        "/proc/sys/kernel/unprivileged_userns_clone": ("0", "sysctl kernel.unprivileged_userns_clone=1"),
        "/proc/sys/kernel/apparmor_restrict_unprivileged_userns": ("1", "sysctl kernel.apparmor_restrict_unprivileged_userns=0"),
    }
    for path, (off, cure) in switches.items():
        if Path(path).exists() and Path(path).read_text().strip() == off:
            return Finding("rights", False, f"an ordinary user, and {path} is {off}. As root: {cure}")
    return Finding("rights", True, "an ordinary user with user namespaces.")


_PROBE = """
import json, os, socket, threading
tried = {}
def attempt(name, act):
    try:
        tried[name] = f"succeeded: {act()!r}"[:200]
    except BaseException as error:
        tried[name] = f"refused: {type(error).__name__}: {error}"[:200]
def abstract():
    with socket.socket(socket.AF_UNIX) as s:
        s.connect("\\0" + {address!r})
        return "connected"
def mount():
    import ctypes
    if ctypes.CDLL(None, use_errno=True).mount(b"t", b"/tmp", b"tmpfs", 0, None):
        raise OSError(ctypes.get_errno(), "mount")
def ids():
    os.setuid(0)
attempt("read a file outside", lambda: open({secret!r}).read())
attempt("write outside", lambda: open({secret!r}, "w"))
attempt("open an internet socket", lambda: socket.socket(socket.AF_INET))
attempt("reach an abstract socket outside", abstract)
attempt("become root", ids)
attempt("signal the grader", lambda: os.kill({pid}, 0))
attempt("change the system's programs", lambda: open("/usr/x", "w"))
attempt("mount a file system", mount)
attempt("fill the disk", lambda: open("big", "wb").write(bytes({disk} + 2**20)))
print(json.dumps(tried))
"""


async def _attempts() -> list[Finding]:
    """One confined kernel that tries; nothing that it tries may succeed."""
    from autograder.examiner.session import Session
    from autograder.kernels import Limits, Zygote, ZygoteError

    limits = Limits(disk=16 * 2**20)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind("\0")
    listener.listen()
    ours, theirs = socket.socketpair()
    with tempfile.TemporaryDirectory() as folder, listener, ours, theirs:
        secret = Path(folder, "secret.txt")
        secret.write_text("secret")
        (empty := Path(folder, "work")).mkdir()
        notebook = new_notebook(cells=[new_code_cell("")])
        cell = notebook.cells[0]
        # a template, not an f-string: the probe has braces of its own
        values = {
            "secret": repr(str(secret)),
            "address": repr(listener.getsockname()[1:].decode()),
            "pid": str(os.getpid()),
            "disk": str(limits.disk),
        }
        cell.source = _filled(values)
        session = Session(notebook, role="student", kernel="confined", timeout=30, limits=limits)
        try:
            with Zygote(()) as zygote:
                try:
                    await session.start(folder=empty, zygote=zygote.address, channel=theirs)
                    await session.run(cell, 0)
                finally:
                    await session.stop("the probe is done")
        except ZygoteError as error:
            return [Finding("confined kernel", False, f"{error}")]
    text = "".join(output.get("text", "") for output in cell.outputs)
    if not text:
        return [Finding("confined kernel", False, f"it started, and its probe said nothing: {cell.outputs}")]
    tried = json.loads(text)
    started = Finding("confined kernel", True, "starts")
    return [started, *(Finding(f"attempt to {name}", outcome.startswith("refused"), outcome) for name, outcome in tried.items())]


def _filled(values: dict[str, str]) -> str:
    text = _PROBE
    for name, value in values.items():
        text = text.replace("{" + name + "!r}", value).replace("{" + name + "}", value)
    return text
