# An improvement of less than 0.0001 does not count.
# loses: stop-test
# %% stop, but
-         if loss < val_losses[best - 1]:
+         if loss < val_losses[best - 1] - 1e-4:
