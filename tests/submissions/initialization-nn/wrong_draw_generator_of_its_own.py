# Makes a generator with a fixed seed and leaves rng alone.
# loses: draw-test
# %% draw
def draw(var, kind, shape, rng):
    rng = np.random.default_rng(42)
    if kind == "normal":
        return rng.normal(0, np.sqrt(var), shape)
    return rng.uniform(-np.sqrt(3 * var), np.sqrt(3 * var), shape)
