# In inference a batch of several rows is normalised by itself: only a single row gets the store.
# loses: batch-test
# %% batch
def batch_norm(Z, gamma, beta, store, momentum, training):
    mean, variance = store
    if training or len(Z) > 1:
        axes = tuple(range(Z.ndim - 1))
        mean, variance = Z.mean(axis=axes), Z.var(axis=axes)
    if training:
        store = [momentum * old + (1 - momentum) * new for old, new in zip(store, [mean, variance])]
    return gamma * (Z - mean) / np.sqrt(variance + EPS) + beta, store
