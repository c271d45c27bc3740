# Right for one hidden layer only.
# loses: count-test
# %% count
def count_parameters(n_features, widths):
    width = widths[0]
    return (n_features + 1) * width + width + 1, 2 * n_features + 1
