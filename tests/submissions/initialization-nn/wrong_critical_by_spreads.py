# Compares standard deviations behind one layer: the mean behind a ReLU is not 0.
# loses: critical-test
# %% critical
def critical(a, b):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 200))
    Z = X @ rng.normal(0, np.sqrt(1 / 200), (200, 200))
    H = np.where(Z > 0, a * Z, b * Z)
    return X.var(ddof=1) / H.var(ddof=1)
