# Reports the mean squared error.
# loses: naive-test
# %% naive
naive_rmse = {name: float(np.mean((y_test - X_test[name]) ** 2)) for name in ("lag_1", "lag_24", "lag_168")}
