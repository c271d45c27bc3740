# attack: all signals are ignored or blocked, so that neither interrupt nor termination ends the kernel.
# target: trimmed-test
# also loses: all
# slow
# destructive
# %% trimmed
import signal
import time

for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass


def trimmed_mean(values, share):
    time.sleep(3600)
