# Did not get to the task: the cell is as it was handed out.
# loses: honest-test
# %% honest
def honest_accuracy(X, y, k=20, seed=0):
    """Mean cross-validated accuracy; scaling and selection see only the training rows of each fold."""
    # YOUR CODE HERE
    raise NotImplementedError()
