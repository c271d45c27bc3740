# attack: the process kills itself in the middle of a test's call.
# target: trimmed-test
# also loses: all
# %% trimmed
import os
import signal


def trimmed_mean(values, share):
    os.kill(os.getpid(), signal.SIGKILL)
