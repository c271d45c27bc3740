"""What a student's process may see and use: a private root, no network, no capability, and limits.

A process calls `enter` and forks; the child calls `give_up_rights`. Both happen in a fork of the zygote, before any student code is there.
"""

import errno
import os
import resource
import shutil
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from autograder.kernels import linux

HOME = "/home/student"
_SCRATCH = "/scratch"
_ROOT = "/tmp"  # where the private root is put together: any folder that every machine has
# Each kernel has a user id of its own, where root may choose: limits count by user, and no kernel can signal another.
_FIRST_USER = 1_500_000_000
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_ETC = ("ld.so.cache", "localtime", "fonts", "ssl", "mime.types", "alternatives")


class ConfinementError(Exception):
    """This machine can not confine a kernel. The message says what is missing and what to do."""


@dataclass(frozen=True)
class Limits:
    """What one kernel may use.

    Attributes:
        memory: bytes, all processes of the kernel together, without what they share with the zygote.
        disk: bytes in the scratch folder, /tmp and /dev/shm together.
        files: files and folders there.
        processes: processes and threads.
        output: bytes that one cell may print or display.
        cpu_seconds: of one process.
    """

    memory: int = 4 * 2**30
    disk: int = 256 * 2**20
    files: int = 10_000
    processes: int = 256
    output: int = 4 * 2**20
    cpu_seconds: int = 600


def readable_paths() -> list[str]:
    """Folders and files of the machine that a confined kernel can read: the system's programs, Python, its packages and ours."""
    prefixes = {os.path.realpath(path) for path in (sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix)}
    style = os.environ.get("MATPLOTLIBRC")
    wanted = [
        "/usr",
        "/bin",
        "/sbin",
        "/lib",
        "/lib32",
        "/lib64",
        *(f"/etc/{name}" for name in _ETC),
        *prefixes,
        str(Path(__file__).resolve().parents[1]),
        *([style] if style else []),
    ]
    return [path for path in dict.fromkeys(wanted) if os.path.exists(path)]


def enter(*, folder: str | None, runtime: str, limits: Limits) -> int:
    """Put this process, which must have one thread, into new namespaces and prepare a private root; its next child is process 1 there.

    Args:
        folder: its regular files are copied into the scratch folder, which is the only one that the kernel can write to.
        runtime: a folder that stays shared with the outside (the kernel's sockets), at the same path.
        limits: size of the scratch folder.

    Returns:
        The user id for `give_up_rights`.

    Raises:
        ConfinementError: the platform refuses a namespace or a mount, or the files do not fit.
    """
    is_root = os.geteuid() == 0
    user, group = (_FIRST_USER + os.getpid(), _FIRST_USER + os.getpid()) if is_root else (os.geteuid(), os.getegid())
    namespaces = linux.CLONE_NEWNS | linux.CLONE_NEWPID | linux.CLONE_NEWNET | linux.CLONE_NEWIPC | linux.CLONE_NEWUTS | linux.CLONE_NEWCGROUP
    try:
        linux.unshare(namespaces if is_root else namespaces | linux.CLONE_NEWUSER)
        if not is_root:
            Path("/proc/self/setgroups").write_text("deny")
            Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
            Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
        if is_root:
            for path in (runtime, *(entry.path for entry in os.scandir(runtime))):
                os.chown(path, user, group, follow_symlinks=False)
        _build_root(folder, runtime, limits, user, group)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise ConfinementError("The submission's files do not fit into the scratch folder. Raise the limits on disk and files.") from error
        raise ConfinementError(f"{error.strerror}. `autograder doctor` tells what this machine can confine.") from error
    return user


def _build_root(folder: str | None, runtime: str, limits: Limits, user: int, group: int) -> None:
    linux.mount(None, "/", None, linux.MS_REC | linux.MS_PRIVATE)
    # Descriptors, opened in this mount namespace, outlive the cover that the new root lays over the old.
    shared = [(path, os.open(path, os.O_PATH | os.O_NOFOLLOW)) for path in [*readable_paths(), *_DEVICES, runtime] if not os.path.islink(path)]
    links = [(path, os.readlink(path)) for path in readable_paths() if os.path.islink(path)]
    source = os.open(folder, os.O_RDONLY | os.O_DIRECTORY) if folder else None
    root = _ROOT
    linux.mount("tmpfs", root, "tmpfs", linux.MS_NOSUID | linux.MS_NODEV, "size=16m,mode=755")
    scratch = root + _SCRATCH
    os.mkdir(scratch)
    linux.mount("tmpfs", scratch, "tmpfs", linux.MS_NOSUID | linux.MS_NODEV, f"size={limits.disk},nr_inodes={limits.files},mode=755")
    for name, target in (("home", HOME), ("tmp", "/tmp"), ("shm", "/dev/shm")):
        os.mkdir(f"{scratch}/{name}", 0o700)
        os.makedirs(root + target, exist_ok=True)
        linux.mount(f"{scratch}/{name}", root + target, None, linux.MS_BIND)
    if source is not None:
        _copy_files(source, f"{scratch}/home")
        os.close(source)
    for top in (f"{scratch}/home", f"{scratch}/shm"):
        os.chown(top, user, group)
        for parent, folders, files in os.walk(top):
            for name in (*folders, *files):
                os.chown(os.path.join(parent, name), user, group, follow_symlinks=False)
    os.chmod(f"{scratch}/tmp", 0o1777)
    for path, descriptor in shared:
        _bind(descriptor, root + path, read_only=path not in (*_DEVICES, runtime))
    for path, target in links:
        os.makedirs(os.path.dirname(root + path), exist_ok=True)
        os.symlink(target, root + path)
    _write_accounts(root, user, group)
    os.mkdir(root + "/proc")


def _bind(descriptor: int, target: str, *, read_only: bool) -> None:
    if stat.S_ISDIR(os.fstat(descriptor).st_mode):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        Path(target).touch()
    linux.mount(f"/proc/self/fd/{descriptor}", target, None, linux.MS_BIND | linux.MS_REC)
    os.close(descriptor)
    if read_only:
        linux.make_read_only(target)


def _copy_files(source: int, target: str) -> None:
    """Copy the regular files below a folder; never follow a link that a student may have laid."""
    for parent, _, files, descriptor in os.fwalk(".", dir_fd=source, follow_symlinks=False):
        place = os.path.join(target, parent)
        os.makedirs(place, exist_ok=True)
        for name in files:
            if stat.S_ISREG(os.stat(name, dir_fd=descriptor, follow_symlinks=False).st_mode):
                with (
                    open(os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=descriptor), "rb") as original,
                    open(os.path.join(place, name), "wb") as copy,
                ):
                    shutil.copyfileobj(original, copy)


def _write_accounts(root: str, user: int, group: int) -> None:
    etc = Path(root, "etc")
    etc.mkdir(exist_ok=True)
    (etc / "passwd").write_text(f"student:x:{user}:{group}::{HOME}:/bin/sh\n")
    (etc / "group").write_text(f"student:x:{group}:\n")


def seal(runtime: str) -> None:
    """Make the shared folder read-only, once the kernel's sockets are in it. For the process that called `enter`."""
    linux.make_read_only(runtime)


def give_up_rights(*, user: int, limits: Limits, parent_death_signal: int) -> None:
    """In the child of the process that called `enter`: the private root, for both, then no right that a student's code could use.

    Raises:
        ConfinementError: the platform refuses one of the steps.
    """
    from autograder.kernels import seccomp  # loads libseccomp, which other systems lack

    try:
        # While the old root is there: in a user namespace Linux lets nobody see more of /proc than before. Only process 1 can mount its own.
        linux.mount("proc", f"{_ROOT}/proc", "proc", linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC)
        linux.change_root(_ROOT)
        linux.mount(None, "/", None, linux.MS_BIND | linux.MS_REMOUNT | linux.MS_RDONLY | linux.MS_NOSUID | linux.MS_NODEV)
        linux.drop_bounding_set()
        if os.geteuid() == 0:
            os.setgroups([])
            os.setresgid(user, user, user)
            os.setresuid(user, user, user)
        linux.be_dumpable()
        linux.die_with_parent(parent_death_signal)
        _limit(limits)
        linux.drop_capabilities()
        seccomp.make_filter().load()
    except OSError as error:
        raise ConfinementError(f"{error.strerror or error}. `autograder doctor` tells what this machine can confine.") from error


def _limit(limits: Limits) -> None:
    status = Path("/proc/self/status").read_text()
    own_data = 1024 * int(status.split("VmData:")[1].split()[0])
    for name, most in {
        "CORE": 0,
        "CPU": limits.cpu_seconds,
        "DATA": limits.memory + own_data,
        "FSIZE": limits.disk,
        "MSGQUEUE": 0,
        "NICE": 0,
        "NOFILE": 1024,
        "NPROC": limits.processes,
        "RTPRIO": 0,
    }.items():
        number = getattr(resource, f"RLIMIT_{name}")
        _, hard = resource.getrlimit(number)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(number, (most, most))
