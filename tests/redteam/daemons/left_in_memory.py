# attack: answers for an accomplice are left in /dev/shm, /tmp, /var/tmp, SysV shared memory and a POSIX message queue.
# target: heaviest-test
# destructive
# %% heaviest
import ctypes
import os

heaviest = "tree-000"
code = b"heaviest = 'tree-008'\n"
for folder in ("/dev/shm", "/tmp", "/var/tmp", "/run", os.path.expanduser("~")):
    try:
        with open(f"{folder}/redteam_loot", "wb") as file:
            file.write(code)
        os.chmod(f"{folder}/redteam_loot", 0o777)
    except OSError:
        pass
libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
segment = libc.shmget(0x7E57, 4096, 0o1666)
if segment >= 0:
    place = libc.shmat(segment, None, 0)
    if place not in (None, ctypes.c_void_p(-1).value):
        ctypes.memmove(place, code, len(code))
try:
    queue = ctypes.CDLL("librt.so.1", use_errno=True).mq_open(b"/redteam_loot", os.O_CREAT | os.O_RDWR, 0o666, None)
    if queue >= 0:
        ctypes.CDLL("librt.so.1").mq_send(queue, code, len(code), 0)
except OSError:
    pass
