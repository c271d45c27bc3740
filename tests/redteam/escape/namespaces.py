# attack: new user and mount namespaces give back the rights that were taken.
# target: heaviest-test
# destructive
# %% heaviest
import ctypes
import os

heaviest = "tree-000"
libc = ctypes.CDLL(None, use_errno=True)
for flags in (0x10000000, 0x10000000 | 0x20000, 0x20000, 0x20000000, 0x40000000):
    child = os.fork()
    if child == 0:
        if libc.unshare(flags) == 0:
            try:
                open("/proc/self/uid_map", "w").write(f"0 {os.getuid()} 1")
                os._exit(3)
            except OSError:
                os._exit(0 if os.getuid() else 3)
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3:
        print("ESCAPED: root in a new user namespace", hex(flags))
