# Multiplies by W, not by W transposed, after forcing the shape.
# loses: backward-test
# %% backward
def dense_backward(D, X, W):
    return X.T @ D, D.sum(axis=0), D @ W.reshape(D.shape[1], -1)
