# One random sign for the whole matrix: each number has both signs, but they go together.
# loses: orthogonal-test
# %% orthogonal
def orthogonal(shape, gain, rng):
    Q, _ = np.linalg.qr(rng.normal(size=(max(shape), min(shape))))
    Q = Q * rng.choice([-1, 1])
    return gain * (Q if shape[0] >= shape[1] else Q.T)
