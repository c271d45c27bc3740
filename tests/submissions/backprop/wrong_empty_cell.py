# Did not get to it: the cell is as it was handed out. The table is made with the library's network.
# loses: train-test
# %% train
def train(gradients_of, params, X, y, lr, steps):
    """The weights after one step of gradient descent for each array of row numbers in steps."""
    # YOUR CODE HERE
    raise NotImplementedError()
