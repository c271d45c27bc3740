# Asks for the gradients at the starting weights again and again.
# loses: train-test
# %% train
def train(gradients_of, params, X, y, lr, steps):
    new = params
    for rows in steps:
        new = sgd_step(new, gradients_of(params, X[rows], y[rows])[1], lr)
    return new
