# Lets through what is positive among the slopes, too.
# loses: relu-test
# %% relu
def relu(Z):
    return np.where(Z > 0, Z, 0)


def relu_backward(D, Z):
    return np.where((Z > 0) & (D > 0), D, 0)
