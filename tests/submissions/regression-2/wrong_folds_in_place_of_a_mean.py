# Returns the mean of the folds, one number.
# loses: rolling-origin-test
# %% rolling-origin
def time_ordered_rmse(X, y, n_splits):
    X, y = np.asarray(X), np.asarray(y)
    errors = []
    for past, future in TimeSeriesSplit(n_splits).split(X):
        guess = LinearRegression().fit(X[past], y[past]).predict(X[future])
        errors.append(root_mean_squared_error(y[future], guess))
    return float(np.mean(errors))
