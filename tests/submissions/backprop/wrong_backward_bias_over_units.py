# Adds up D over the units instead of the rows.
# loses: backward-test
# %% backward
def dense_backward(D, X, W):
    return X.T @ D, D.sum(axis=1), D @ W.T
