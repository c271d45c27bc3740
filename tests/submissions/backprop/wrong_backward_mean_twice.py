# Takes the mean over the batch, which is in D already.
# loses: backward-test
# %% backward
def dense_backward(D, X, W):
    return X.T @ D / len(X), D.mean(axis=0), D @ W.T
