# One mean for a whole text in place of one for each place.
# loses: layer-test
# %% layer
def layer_norm(Z, gamma, beta):
    """Layer normalisation along the last axis."""
    deviation = Z - Z.mean(axis=tuple(range(1, Z.ndim)), keepdims=True)
    variance = np.mean(deviation**2, axis=tuple(range(1, Z.ndim)), keepdims=True)
    return gamma * deviation / np.sqrt(variance + EPS) + beta
