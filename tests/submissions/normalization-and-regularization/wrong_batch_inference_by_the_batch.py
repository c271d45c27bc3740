# In inference a batch of several rows is normalised by itself: only a single row gets the store.
# loses: batch-test
# %% batch, but
-     if training:
+     if training or len(Z) > 1:

-         mean, variance = Z.mean(axis=axes), Z.var(axis=axes)
+         mean, variance = Z.mean(axis=axes), Z.var(axis=axes)
+     if training:
