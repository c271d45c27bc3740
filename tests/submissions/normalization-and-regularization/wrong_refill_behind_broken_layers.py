# Fills each layer with what the broken layers before it give.
# loses: refill-test
# %% refill, but
-     for W, gamma, beta, _, _ in net[:-1]:
+     for W, gamma, beta, mean, variance in net[:-1]:

-         H = np.maximum(gamma * (Z - found[-1][3]) / np.sqrt(found[-1][4] + EPS) + beta, 0)
+         H = np.maximum(gamma * (Z - mean) / np.sqrt(variance + EPS) + beta, 0)
