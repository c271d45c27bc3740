# Drops a unit for all examples at once.
# loses: dropout-test
# %% dropout
def dropout(H, rate, seed, training):
    """Dropout: random zeros and larger answers in training, H itself in use."""
    return H * keep(H.shape, rate, seed) if training else H


def dropout_back(D, rate, seed):
    """The slopes with respect to H, in training."""
    return D * keep(D.shape, rate, seed)


def keep(shape, rate, seed):
    """What the answers are multiplied by: 0, or 1 / (1 - rate) * np.ones(shape)."""
    return (np.random.default_rng(seed).random(shape[-1]) >= rate) / (1 - rate) * np.ones(shape)
