# attack: the kernel stops itself, so that it neither answers nor ends.
# target: heaviest-test
# also loses: all
# slow
# destructive
# %% heaviest
import os
import signal

heaviest = "tree-000"
os.kill(os.getpid(), signal.SIGSTOP)
