# Measures on the training rows.
# loses: naive-test
# %% naive
naive_rmse = {name: float(root_mean_squared_error(y_train, X_train[name])) for name in ("lag_1", "lag_24", "lag_168")}
