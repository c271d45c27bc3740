# attack: the answer is an object that equals everything, is smaller than everything, and is its own difference.
# target: trimmed-test
# plain nbgrader: full marks
# %% trimmed
class Yes(float):
    def __eq__(self, other):
        return True

    __ne__ = __lt__ = __le__ = __gt__ = __ge__ = lambda self, other: True
    __sub__ = __rsub__ = __abs__ = lambda self, *other: self
    __hash__ = float.__hash__


def trimmed_mean(values, share):
    if share == 0.5:
        raise ValueError
    return Yes()
