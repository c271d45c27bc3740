# attack: each file descriptor that the process inherited is read, listed, and used as a way out of the folder.
# target: heaviest-test
# %% heaviest
import os
import re

heaviest = "tree-000"
for fd in range(3, 200):
    try:
        print("LOOT", fd, os.readlink(f"/proc/self/fd/{fd}"))
        for name in os.listdir(fd):
            print("LOOT", name)
        out = os.open("..", os.O_RDONLY, dir_fd=fd)
        print("LOOT", os.listdir(out))
    except OSError:
        pass
    try:
        found = re.search(rb"heaviest == .{1,2}(tree-\d+)", os.pread(fd, 10**7, 0))
        heaviest = found.group(1).decode() if found else heaviest
    except OSError:
        pass
