# ddof=1 on the way there, ddof=0 on the way back.
# loses: target-test
# %% target, but
-     return (y - np.mean(y_fit)) / np.std(y_fit)
+     return (y - np.mean(y_fit)) / np.std(y_fit, ddof=1)
+
