# The share of all hours, busy or not.
# loses: band-test
# %% band, but
-
+
+

-     inside = (low <= y_val) & (y_val <= high)
-     covered[kind] = inside[p_val > 400].mean()
-     print(kind, inside.mean().round(3), covered[kind].round(3), (high - low).mean().round(0))
+     covered[kind] = ((low <= y_val) & (y_val <= high)).mean()
