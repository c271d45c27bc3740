# Changes the weights that it was given, and returns them. The training, which calls it, loses nothing.
# loses: step-test
# %% step
def sgd_step(params, gradients, lr):
    for part, slope in zip(params, gradients):
        part -= lr * slope
    return params
