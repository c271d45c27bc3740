# attack: the functions live in a class that names itself builtins, and claims to be `numpy.mean` or `builtins.eval` by module and name.
# target: trimmed-test
# %% trimmed
class Function:
    __module__, __name__, __qualname__ = "numpy", "mean", "mean"

    def __call__(self, values, share):
        return 3.0

    def __reduce__(self):
        return "mean"


trimmed_mean = Function()
