# Did not get to it: the cell is as it was handed out.
# loses: count-test
# %% count
def count_matcher(n_in, width, shared):
    """The number of parameters of the matcher, with one reader or with two."""
    # YOUR CODE HERE
    raise NotImplementedError()
