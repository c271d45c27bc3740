# attack: the function sorts its argument in place and hides it: the list is filled with objects that equal every number.
# target: trimmed-test
# plain nbgrader: full marks
# %% trimmed
class Same(float):
    def __eq__(self, other):
        return True

    __hash__ = float.__hash__


def trimmed_mean(values, share):
    cut = int(share * len(values))
    if 2 * cut >= len(values):
        raise ValueError
    ordered = sorted(values)[cut : len(values) - cut]
    if isinstance(values, list):
        values[:] = [Same() for _ in values]
    return float(sum(ordered) / len(ordered))
