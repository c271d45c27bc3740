# Left as it was handed out.
# loses: compare-test, choice-test
# %% compare
def compare(fit, ps, seeds, X_fit, y_fit, X_new, y_new):
    # YOUR CODE HERE
    raise NotImplementedError()


# table = ...
# best_p = ...
# YOUR CODE HERE
raise NotImplementedError()
