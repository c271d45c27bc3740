# Sets the slopes to 0 in the array that it was given.
# loses: relu-test
# %% relu
def relu(Z):
    return np.maximum(Z, 0)


def relu_backward(D, Z):
    D[Z <= 0] = 0
    return D
