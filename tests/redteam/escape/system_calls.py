# attack: system calls that lead out: ptrace, process_vm_readv, bpf, keyrings, io_uring, file handles, perf, userfaultfd, modules.
# target: heaviest-test
# destructive
# %% heaviest
import ctypes
import os
import platform

heaviest = "tree-000"
libc = ctypes.CDLL(None, use_errno=True)
numbers = {
    "x86_64": {
        "ptrace_attach": (101, 16, 1),
        "bpf": (321, 0),
        "add_key": (248,),
        "keyctl": (250, 0, -3, 1),
        "io_uring_setup": (425, 8),
        "perf_event_open": (298,),
        "userfaultfd": (323, 0),
        "setns": (308, 0, 0),
        "open_by_handle_at": (304, 0, 0, 0),
        "pidfd_getfd": (438, 3, 0, 0),
    },
    "aarch64": {
        "ptrace_attach": (117, 16, 1),
        "bpf": (280, 0),
        "add_key": (217,),
        "keyctl": (219, 0, -3, 1),
        "io_uring_setup": (425, 8),
        "perf_event_open": (241,),
        "userfaultfd": (282, 0),
        "setns": (268, 0, 0),
        "open_by_handle_at": (265, 0, 0, 0),
        "pidfd_getfd": (438, 3, 0, 0),
    },
}
buffer = ctypes.create_string_buffer(4096)
for name, (number, *arguments) in numbers.get(platform.machine(), {}).items():
    if name == "io_uring_setup":
        arguments = [8, ctypes.addressof(buffer)]
    if libc.syscall(number, *arguments, 0, 0, 0) >= 0:
        print("ESCAPED:", name)
