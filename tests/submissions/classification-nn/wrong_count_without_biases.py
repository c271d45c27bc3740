# Forgets the biases.
# loses: count-test
# %% count
def count_parameters(n_features, widths):
    sizes = [n_features, *widths, 1]
    return sum(a * b for a, b in zip(sizes[:-1], sizes[1:])), 2 * n_features + 1
