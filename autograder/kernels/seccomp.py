"""The system calls that a confined kernel is refused."""

import errno
import socket

import pyseccomp

# By what they would reach. None is needed by Python, NumPy or TensorFlow.
_REFUSED = [
    # other processes, and the kernel itself
    *("ptrace", "process_vm_readv", "process_vm_writev", "pidfd_getfd", "kcmp", "perf_event_open", "bpf", "userfaultfd"),
    *("init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot", "syslog", "acct", "swapon", "swapoff"),
    *("add_key", "request_key", "keyctl", "iopl", "ioperm", "modify_ldt", "lookup_dcookie", "quotactl", "vhangup"),
    # the way out of the private root
    *("mount", "umount2", "pivot_root", "chroot", "unshare", "setns", "open_tree", "move_mount", "fsopen", "fsconfig", "fsmount", "fspick"),
    *("mount_setattr", "name_to_handle_at", "open_by_handle_at", "fanotify_init"),
    # the clock
    *("settimeofday", "clock_settime", "clock_adjtime", "adjtimex"),
    # a way around this filter
    *("io_uring_setup", "io_uring_enter", "io_uring_register"),
    # the processors: a kernel stays on those that its grader has
    *("sched_setaffinity", "sched_setattr"),  # libzmq insists on sched_setscheduler, which can do no harm without rights
    # memory that no limit of ours counts
    *("memfd_create", "memfd_secret", "shmget", "msgget", "semget", "mlock", "mlock2", "mlockall"),
    *("move_pages", "migrate_pages", "mbind", "set_mempolicy"),
]
_NEW_NAMESPACES = [0x80, 0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000]


def make_filter() -> pyseccomp.SyscallFilter:
    """The filter for this processor. A call of another one (32-bit code on a 64-bit processor) ends the process."""
    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    for name in _REFUSED:
        if pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name) >= 0:  # not every processor has every call
            rules.add_rule(pyseccomp.ERRNO(errno.EPERM), name)
    # libzmq asks for an internet socket and takes just this answer for "there is no network"
    rules.add_rule(pyseccomp.ERRNO(errno.EOPNOTSUPP), "socket", pyseccomp.Arg(0, pyseccomp.NE, socket.AF_UNIX))
    for flag in _NEW_NAMESPACES:
        rules.add_rule(pyseccomp.ERRNO(errno.EPERM), "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, flag, flag))
    # its flags lie in memory, where no filter can look; the C library falls back to clone
    rules.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "clone3")
    return rules
