# attack: file systems are mounted, bound and remounted writable; the root is changed.
# target: heaviest-test
# destructive
# %% heaviest
import ctypes
import os

heaviest = "tree-000"
libc = ctypes.CDLL(None, use_errno=True)
os.makedirs("m", exist_ok=True)
for source, target, kind, flags in (
    (b"tmpfs", b"m", b"tmpfs", 0),
    (b"/", b"m", None, 4096),
    (None, b"/", None, 32),
    (b"proc", b"m", b"proc", 0),
    (None, b"/usr", None, 4096 | 32),
):
    if libc.mount(source, target, kind, flags, None) == 0:
        print("ESCAPED: mounted", source, target)
for name, call in (("umount", lambda: libc.umount2(b"/proc", 2)), ("chroot", lambda: libc.chroot(b"m"))):
    if call() == 0:
        print("ESCAPED:", name)
