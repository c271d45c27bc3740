# attack: the interpreter crashes inside of a test's call: a null pointer, a stack that overflows.
# target: trimmed-test
# also loses: all
# destructive
# %% trimmed
import ctypes


def trimmed_mean(values, share):
    ctypes.string_at(0)
