# A colon is missing.
# loses: backward-test
# %% backward
def backward_spreads(X, weights, D)
    return [D.std(ddof=1) for W in weights]
