# Subtracts the largest score of the whole array, so rows far below it vanish.
# loses: loss-test
# %% loss
def mean_loss(Z, y):
    moved = Z - Z.max()
    return float(np.mean(np.log(np.exp(moved).sum(axis=1)) - moved[np.arange(len(y)), y]))
