"""Kernels that are forked warm and confined: what they see, what they may use, and how they end."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pyseccomp
import pytest
from click.testing import CliRunner
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from autograder.cli import main
from autograder.examiner.session import Session
from autograder.kernels import Limits, Zygote, ZygoteError, imported_modules, seccomp
from conftest import ROOT, beside_a_browsers_loop


@pytest.fixture(scope="module")
def zygote():
    with Zygote(("numpy",)) as running:
        yield running


def run(
    zygote: Zygote, *cells: str, folder: Path, kernel: str = "confined", limits: Limits | None = None, timeout: float = 20
) -> tuple[list[str], Session]:
    """What each cell printed or raised, and the session, whose kernel has ended."""
    import socket

    notebook = new_notebook(cells=[new_code_cell(source) for source in cells])
    session = Session(notebook, role="student", kernel=kernel, timeout=timeout, limits=limits or Limits())

    async def go() -> None:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            try:
                await session.start(folder=folder, zygote=zygote.address, channel=theirs)
                for index, cell in enumerate(notebook.cells):
                    await session.run(cell, index)
            finally:
                await session.stop("done")

    beside_a_browsers_loop(go())
    shown = [
        "".join(output.get("text", "") or f"{output.ename}: {output.evalue}" for output in cell.outputs if "text" in output or "ename" in output)
        for cell in notebook.cells
    ]
    return shown, session


def is_running(pid: str) -> bool:
    try:
        return psutil.Process(int(pid)).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def left_over(zygote: Zygote) -> list[psutil.Process]:
    """Forks of this zygote that still run, after a moment; a fork keeps its command line."""
    for _ in range(50):
        forks = [each for each in psutil.process_iter(["cmdline"]) if zygote.address in (each.info["cmdline"] or []) and each.pid != zygote.pid]
        if not forks:
            break
        time.sleep(0.1)
    return forks


def doctor(*prefix: str) -> subprocess.CompletedProcess:
    return subprocess.run([*prefix, sys.executable, "-m", "autograder", "doctor"], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def test_doctor_says_that_nothing_got_out():
    result = doctor()
    assert result.returncode == 0, result.stdout + result.stderr
    lines = result.stdout.splitlines()
    assert all(line.startswith("ok ") for line in lines[:-1])
    assert sum("attempt to" in line for line in lines) >= 9
    assert lines[-1] == "Student code can be confined here."


@pytest.mark.skipif(os.geteuid() != 0, reason="this run is an ordinary user's already")
def test_an_ordinary_user_can_confine_too():
    # in a user namespace this process has no right beyond its own files, just as an ordinary user has none
    result = doctor("unshare", "--user", "--map-user=1000", "--map-group=1000")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "an ordinary user with user namespaces" in result.stdout


def test_doctor_names_the_cure_where_nothing_can_be_confined(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 1
    assert "--unconfined" in result.output


def test_a_confined_kernel_has_a_copy_of_the_folder_and_nothing_else(zygote, tmp_path):
    (tmp_path / "data.csv").write_text("1,2\n")
    (tmp_path / "link").symlink_to("/etc/hostname")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "more.txt").write_text("more")
    shown, _ = run(
        zygote,
        "import os; print(sorted(os.listdir('.')), open('deep/more.txt').read())",
        "open('data.csv', 'w').write('changed'); print(open('data.csv').read())",
        f"print(os.path.exists({str(ROOT / 'solutions')!r}), os.path.exists('/root/.bashrc'))",
        "print(sorted(set(os.listdir('/etc')) & {'shadow', 'passwd', 'hosts'}))",
        "print([n for n in os.environ if any(w in n for w in ('TOKEN', 'KEY', 'SECRET', 'GITHUB', 'SSH'))], os.environ['HOME'])",
        "print(sorted(int(p) for p in os.listdir('/proc') if p.isdigit()))",
        folder=tmp_path,
    )
    assert shown[0] == "['.ipython', 'data.csv', 'deep'] more\n"
    assert shown[1] == "changed\n"
    assert (tmp_path / "data.csv").read_text() == "1,2\n"
    assert shown[2] == "False False\n"
    assert shown[3] == "['passwd']\n"
    assert shown[4] == "[] /home/student\n"
    assert shown[5] == "[1]\n"


def test_what_one_kernel_draws_another_does_not(zygote, tmp_path):
    draws = {run(zygote, "import random, numpy; print(random.random(), numpy.random.rand())", folder=tmp_path, kernel="warm")[0][0] for _ in range(3)}
    assert len(draws) == 3


@pytest.mark.parametrize(
    ("bomb", "limits", "expected"),
    [
        (
            "x = []\nwhile True: x.append(bytes(2**24))",
            Limits(memory=2**28),
            ("MemoryError", "more than 0.2 GiB of memory", "more than 0.3 GiB of memory"),
        ),
        (
            "import os\nfor _ in range(8):\n    if os.fork() == 0:\n        x = bytearray(2**26)\n        while True: pass\n"
            "import time; time.sleep(15)",
            Limits(memory=2**28),
            ("GiB of memory",),
        ),
        ("import os\nwhile os.fork() >= 0: pass", Limits(processes=64), ("BlockingIOError", "Resource temporarily unavailable")),
        (
            "import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(60,)).start()",
            Limits(processes=64),
            ("can't start new thread",),
        ),
        ("open('big', 'wb').write(bytes(2**26))", Limits(disk=2**24), ("No space left", "File too large")),
        ("for n in range(10**6): open(f'/tmp/{n}', 'w')", Limits(files=500), ("No space left",)),
        ("while True: print('x' * 10**6)", Limits(output=2**20), ("printed or displayed more than 1 MiB",)),
        ("from IPython.display import display, HTML\ndisplay(HTML('x' * 10**8))", Limits(output=2**20), ("KernelStopped", "CellTimeoutError")),
        ("while True: pass", Limits(), ("CellTimeoutError", "no result after 3 seconds")),
        ("import signal; signal.signal(2, signal.SIG_IGN)\nwhile True: pass", Limits(), ("could not be interrupted",)),
        ("import ctypes; ctypes.string_at(0)", Limits(), ("the kernel died",)),
        ("import os; os._exit(0)", Limits(), ("the kernel died",)),
    ],
    ids=["memory", "memory-of-children", "forks", "threads", "disk", "inodes", "output", "one-display", "loop", "deaf-loop", "segfault", "exit"],
)
def test_a_bomb_harms_only_itself(zygote, tmp_path, bomb, limits, expected):
    began = time.monotonic()
    shown, _ = run(zygote, bomb, folder=tmp_path, limits=limits, timeout=3 if "while True: pass" in bomb and "fork" not in bomb else 20)
    assert any(word in shown[0] for word in expected), shown[0][-500:]
    assert time.monotonic() - began < 30
    assert not left_over(zygote)


def test_a_daemon_does_not_outlive_its_kernel(zygote, tmp_path):
    mark = f"daemon-{os.getpid()}-{time.monotonic_ns()}"
    run(
        zygote,
        f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)', {mark!r}], start_new_session=True)",
        folder=tmp_path,
    )
    assert not [process for process in psutil.process_iter(["cmdline"]) if mark in (process.info["cmdline"] or [])]


_CLIENT = """
import socket, sys, time
from autograder.kernels import ForkedKernel, Limits, Zygote
from autograder.kernels.supervisor import Request
import json, os, tempfile
from jupyter_client.connect import write_connection_file
zygote = Zygote(())
folder = tempfile.mkdtemp(dir=os.path.dirname(zygote.address))
write_connection_file(folder + "/k.json", transport="ipc", ip=folder + "/s", key=b"key", kernel_name="x")
kernel = ForkedKernel(zygote.address, Request(["-f", folder + "/k.json"], dict(os.environ), folder, folder, "", Limits(), [0]))
print(kernel.pid, zygote.pid, zygote.folder, flush=True)
time.sleep(600)
"""


def test_everything_ends_with_a_grader_that_is_killed():
    client = subprocess.Popen([sys.executable, "-c", _CLIENT], stdout=subprocess.PIPE, text=True)
    kernel, zygote, folder = client.stdout.readline().split()
    assert is_running(kernel) and is_running(zygote)
    client.send_signal(signal.SIGKILL)
    client.wait()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and (is_running(kernel) or is_running(zygote) or Path(folder).exists()):
        time.sleep(0.05)
    assert not is_running(kernel)
    assert not is_running(zygote)
    assert not Path(folder).exists()


def test_a_dead_zygote_is_named(tmp_path):
    with Zygote(()) as zygote:
        os.kill(zygote.pid, signal.SIGKILL)
        while zygote.is_alive():
            time.sleep(0.01)
        with pytest.raises(ZygoteError, match="started anew"):
            run(zygote, "1", folder=tmp_path)


def test_a_zygote_with_threads_refuses(tmp_path, monkeypatch):
    (tmp_path / "with_a_thread.py").write_text("import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n")
    site = tmp_path / "site.pth"
    site.write_text(str(tmp_path))
    monkeypatch.setattr("autograder.kernels.zygote.SETTINGS", {"PYTHONPATH": str(tmp_path)})
    with pytest.raises(ZygoteError, match="2 threads"):
        Zygote(("with_a_thread",))


def test_imports_are_found_in_code_and_only_installed_ones():
    found = imported_modules(
        ["%matplotlib inline\nimport numpy as np, no_such_module", "from sklearn.svm import SVC\nfrom . import x", "def broken(:"]
    )
    assert found == ["numpy", "sklearn.svm"]


def test_notebooks_run_warm_by_the_kernelspecs_name(zygote, tmp_path, monkeypatch):
    monkeypatch.setenv("AUTOGRADER_ZYGOTE", zygote.address)
    notebook = new_notebook(cells=[new_code_cell("import sys; print('numpy' in sys.modules)")])
    NotebookClient(notebook, kernel_name="warm", resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert notebook.cells[0].outputs[0].text == "True\n"
    nbformat.validate(notebook)


@pytest.mark.parametrize("processor", ["X86_64", "AARCH64"])
def test_the_filter_knows_the_processor(processor):
    """What confinement calls by number, and what it refuses, has a number on each processor that we support."""
    architecture = getattr(pyseccomp.Arch, processor)
    for name in ("pivot_root", "mount_setattr"):
        assert pyseccomp.resolve_syscall(architecture, name) > 0
    known = [name for name in seccomp._REFUSED if pyseccomp.resolve_syscall(architecture, name) >= 0]
    assert {"ptrace", "mount", "unshare", "setns", "bpf", "io_uring_setup", "memfd_create", "process_vm_readv", "kexec_load"} <= set(known)
    assert set(seccomp._REFUSED) - set(known) <= {"iopl", "ioperm", "modify_ldt"}, "calls of one processor only"
