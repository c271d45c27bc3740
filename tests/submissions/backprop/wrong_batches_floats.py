# Fills an array of zeros: the row numbers are floats, by which no array can be indexed.
# loses: batches-test
# %% batches
def batches(n_samples, n_batch, n_epochs, rng):
    steps, order = [], np.zeros(n_samples)
    for _ in range(n_epochs):
        order[:] = rng.permutation(n_samples)
        steps += [order[start : start + n_batch].copy() for start in range(0, n_samples, n_batch)]
    return steps
