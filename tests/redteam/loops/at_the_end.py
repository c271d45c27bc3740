# attack: atexit, a destructor and a thread that is no daemon keep the kernel from ending.
# target: heaviest-test
# slow
# %% heaviest
import atexit
import threading
import time

heaviest = "tree-000"


class Last:
    def __del__(self):
        time.sleep(3600)


last = Last()
atexit.register(time.sleep, 3600)
threading.Thread(target=time.sleep, args=(3600,)).start()
