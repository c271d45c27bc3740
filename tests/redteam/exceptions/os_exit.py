# attack: the tested function ends its process with exit code 0.
# target: trimmed-test
# also loses: all
# %% trimmed
import os


def trimmed_mean(values, share):
    os._exit(0)
