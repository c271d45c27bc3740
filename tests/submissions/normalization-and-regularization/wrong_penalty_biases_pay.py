# All arrays pay.
# loses: penalty-test
# %% penalty
def penalty(net, lam):
    """The L2 penalty of a network, and its slopes."""
    pays = [part.ndim > 0 for part in net]
    value = lam / 2 * sum(np.sum(part**2.0) for part, does in zip(net, pays) if does)
    return value, [lam * does * part for part, does in zip(net, pays)]
