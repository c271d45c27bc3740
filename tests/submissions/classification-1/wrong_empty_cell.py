# Did not get to the task: the cell is as it was handed out.
# loses: choice-test
# %% choice
# chosen = ...
# test_f1 = ...
# YOUR CODE HERE
raise NotImplementedError()
