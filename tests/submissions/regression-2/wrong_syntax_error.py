# A brace is missing: the cell does not run.
# loses: naive-test
# %% naive
naive_rmse = {name: float(root_mean_squared_error(y_test, X_test[name])) for name in ("lag_1", "lag_24", "lag_168")
