# Counts the shared reader for each call.
# loses: count-test
# %% count
def count_matcher(n_in, width, shared):
    return 2 * (n_in * width + width) + width + 1
