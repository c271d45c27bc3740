# Shuffles once, and repeats.
# loses: batches-test
# %% batches
def batches(n_samples, n_batch, n_epochs, rng):
    order = rng.permutation(n_samples)
    return [order[start : start + n_batch] for start in range(0, n_samples, n_batch)] * n_epochs
