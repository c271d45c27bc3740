# Multiplies by gamma after the paths are added: right for equal gammas.
# loses: rms-test
# %% rms
def rms_norm(Z, gamma):
    """Each row divided by its root mean square, then scaled by gamma."""
    return gamma * Z / np.sqrt(np.mean(Z**2, axis=1, keepdims=True) + EPS)


def rms_norm_back(D, Z, gamma):
    """The slopes with respect to Z and to gamma."""
    root = np.sqrt(np.mean(Z**2, axis=1, keepdims=True) + EPS)
    Z_hat, E = Z / root, D
    return gamma * (E - Z_hat * np.mean(E * Z_hat, axis=1, keepdims=True)) / root, np.sum(D * Z_hat, axis=0)
