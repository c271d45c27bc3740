# No signs: the first number of Q is never positive.
# loses: orthogonal-test
# %% orthogonal
def orthogonal(shape, gain, rng):
    Q, _ = np.linalg.qr(rng.normal(size=(max(shape), min(shape))))
    return gain * (Q if shape[0] >= shape[1] else Q.T)
