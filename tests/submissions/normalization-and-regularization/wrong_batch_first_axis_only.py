# For pictures each pixel gets a mean of its own.
# loses: batch-test
# %% batch
def batch_norm(Z, gamma, beta, store, momentum, training):
    """Batch normalisation: the result, and the pair of moving averages afterwards."""
    mean, variance = store
    if training:
        axes = 0
        mean, variance = Z.mean(axis=axes), Z.var(axis=axes)
        store = [momentum * old + (1 - momentum) * new for old, new in zip(store, [mean, variance])]
    return gamma * (Z - mean) / np.sqrt(variance + EPS) + beta, store
