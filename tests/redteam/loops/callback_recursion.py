# attack: the function that a test passes in is called by a function that calls it again, without end.
# target: root-test
# slow
# %% root
import sys

sys.setrecursionlimit(10**6)


class Number(float):
    def __mul__(self, other):
        return root(self.f, self, self)

    __pow__ = __sub__ = __add__ = __mul__


def root(f, low, high):
    number = Number(low)
    number.f = f
    return f(number)
