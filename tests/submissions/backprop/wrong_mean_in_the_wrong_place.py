# Forgets in loss_slopes that the loss is a mean, and takes the mean over the batch in dense_backward.
# loses: slopes-test, backward-test
# %% backward
def dense_backward(D, X, W):
    return X.T @ D / len(X), D.mean(axis=0), D @ W.T

# %% slopes
def loss_slopes(Z, y):
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    P[np.arange(len(y)), y] -= 1
    return P
