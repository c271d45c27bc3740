# attack: native code that blocks all signals and sleeps for ever.
# target: heaviest-test
# also loses: all
# reason: longer
# destructive
# slow
# %% heaviest
import ctypes
import signal

heaviest = "tree-000"
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
while True:
    ctypes.CDLL(None).sleep(3600)
