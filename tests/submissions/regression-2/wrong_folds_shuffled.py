# Ordinary shuffled folds: the future trains for the past.
# loses: rolling-origin-test
# %% rolling-origin
from sklearn.model_selection import KFold


def time_ordered_rmse(X, y, n_splits):
    X, y = np.asarray(X), np.asarray(y)
    errors = []
    for past, future in KFold(n_splits, shuffle=True, random_state=0).split(X):
        guess = LinearRegression().fit(X[past], y[past]).predict(X[future])
        errors.append(root_mean_squared_error(y[future], guess))
    return np.array(errors)
