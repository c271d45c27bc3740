# ddof=1 on the way there, ddof=0 on the way back.
# loses: target-test
# %% target
def scale_target(y_fit, y):
    return (y - np.mean(y_fit)) / np.std(y_fit, ddof=1)


def to_counts(z, y_fit):
    return np.maximum(np.ravel(z) * np.std(y_fit) + np.mean(y_fit), 0)
