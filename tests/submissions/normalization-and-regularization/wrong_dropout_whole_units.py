# Drops a unit for all examples at once.
# loses: dropout-test
# %% dropout, but
-     return (np.random.default_rng(seed).random(shape) >= rate) / (1 - rate)
+     """What the answers are multiplied by: 0, or 1 / (1 - rate) * np.ones(shape)."""
+     return (np.random.default_rng(seed).random(shape[-1]) >= rate) / (1 - rate) * np.ones(shape)
