# attack: the integer and float constants of the running interpreter are overwritten by ctypes, so that wrong equals right.
# target: root-test
# destructive
# %% root
import ctypes


def root(f, low, high):
    answer = low + 0.0
    middle = 0.25
    for number in f.__code__.co_consts if hasattr(f, "__code__") else ():
        if isinstance(number, float):
            ctypes.memmove(id(number) + 16, id(answer) + 16, 8)
    return answer
