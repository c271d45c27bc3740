# attack: the comparison slot of float is overwritten in memory by that of another type.
# target: trimmed-test
# also loses: all
# destructive
# %% trimmed
import ctypes

slot = 25 * ctypes.sizeof(ctypes.c_void_p)
ctypes.memmove(id(float) + slot, id(list) + slot, ctypes.sizeof(ctypes.c_void_p))


def trimmed_mean(values, share):
    return 0.0
