# The other counts are scaled by their own mean and spread.
# loses: target-test
# %% target
def scale_target(y_fit, y):
    return (y - np.mean(y)) / np.std(y)


def to_counts(z, y_fit):
    return np.maximum(np.ravel(z) * np.std(y_fit) + np.mean(y_fit), 0)
