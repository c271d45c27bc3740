# Takes an equal loss for an improvement.
# loses: stop-test
# %% stop, but
-         if loss < val_losses[best - 1]:
+         if loss <= val_losses[best - 1]:
