# Right for the two shapes of the visible tests; a filter along a line is not thought of.
# loses: rules-test
# %% rules, but
-     pixels = int(np.prod(shape[:-2]))
-     return pixels * shape[-2], pixels * shape[-1]
+     if len(shape) == 4:
+         return shape[0] * shape[1] * shape[2], shape[0] * shape[1] * shape[3]
+     return shape[0], shape[1]
