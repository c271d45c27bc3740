# Did not get to it: the cell is as it was handed out.
# loses: losses-test
# %% losses
# objectives = {"room": ..., "score": ..., "floor": ..., "one-hot": ...}
# YOUR CODE HERE
raise NotImplementedError()
