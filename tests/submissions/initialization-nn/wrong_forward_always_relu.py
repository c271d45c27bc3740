# Ignores the activation that it is given: the visible example has a ReLU.
# loses: forward-test
# %% forward, but
-         H = activation(H @ W)
+         H = np.maximum(H @ W, 0)
