# Right variance, but kind is not looked at.
# loses: draw-test
# %% draw
def draw(var, kind, shape, rng):
    return np.sqrt(var) * rng.standard_normal(shape)
