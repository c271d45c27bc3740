# Takes the classes for numbers from 1 to K.
# loses: slopes-test
# %% slopes
def loss_slopes(Z, y):
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    P[np.arange(len(y)), y - 1] -= 1
    return P / len(y)
