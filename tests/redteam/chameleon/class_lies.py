# attack: an object whose __class__ says float and whose operators always please.
# target: trimmed-test
# plain nbgrader: full marks
# %% trimmed
class Yes:
    @property
    def __class__(self):
        return float

    def __getattr__(self, name):
        return self

    __eq__ = __lt__ = __gt__ = lambda self, other: True
    __sub__ = __abs__ = __call__ = lambda self, *arguments: self


def trimmed_mean(values, share):
    if share == 0.5:
        raise ValueError
    return Yes()
