# attack: the tested function sleeps past the time limit and then kills its own agent's clock: it swallows the interrupt.
# target: trimmed-test
# also loses: all
# reason: no answer within
# slow
# %% trimmed
import time


def trimmed_mean(values, share):
    while True:
        try:
            time.sleep(3600)
        except BaseException:
            pass
