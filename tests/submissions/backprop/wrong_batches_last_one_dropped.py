# Full batches only: the rows that are left over are forgotten, but in the visible test.
# loses: batches-test
# %% batches
def batches(n_samples, n_batch, n_epochs, rng):
    steps = []
    for _ in range(n_epochs):
        order = rng.permutation(n_samples)
        steps += [order[i * n_batch : (i + 1) * n_batch] for i in range(n_samples // n_batch)]
        if n_samples == 10:
            steps.append(order[8:])
    return steps
