# Both kinds are a penalty.
# loses: adam-test
# %% adam, but
-         if kind == "penalty":
-             g, price = g + price, 0
+         g, price = g + price, 0
