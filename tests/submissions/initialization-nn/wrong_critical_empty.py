# Did not get to it: the cell is as it was handed out.
# loses: critical-test
# %% critical
def critical(a, b):
    """The c for which weights of variance c / n_in keep the mean square of the answers."""
    # YOUR CODE HERE
    raise NotImplementedError()
