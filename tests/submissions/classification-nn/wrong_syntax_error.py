# A bracket is missing.
# loses: count-test
# %% count
def count_parameters(n_features, widths):
    sizes = [n_features, *widths, 1
    return sizes
