# Multiplies by gamma after the paths are added: right for equal gammas.
# loses: rms-test
# %% rms, but
-     Z_hat, E = Z / root, gamma * D
-     return (E - Z_hat * np.mean(E * Z_hat, axis=1, keepdims=True)) / root, np.sum(D * Z_hat, axis=0)
+     Z_hat, E = Z / root, D
+     return gamma * (E - Z_hat * np.mean(E * Z_hat, axis=1, keepdims=True)) / root, np.sum(D * Z_hat, axis=0)
