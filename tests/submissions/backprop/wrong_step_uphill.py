# Adds the gradient.
# loses: step-test
# %% step
def sgd_step(params, gradients, lr):
    return [part + lr * slope for part, slope in zip(params, gradients)]
