# The columns of the categories stand in order of their size, not of the list.
# loses: inputs-test
# %% inputs
def waves(values, period, n):
    angles = 2 * np.pi * np.outer(values, np.arange(1, n + 1)) / period
    return np.hstack([np.sin(angles), np.cos(angles)])


def one_hot(values, categories):
    return np.column_stack([np.asarray(values) == category for category in sorted(categories)]).astype(float)
