# Hands on the negative scores of scikit-learn.
# loses: rolling-origin-test
# %% rolling-origin
from sklearn.model_selection import cross_val_score


def time_ordered_rmse(X, y, n_splits):
    return cross_val_score(LinearRegression(), X, y, cv=TimeSeriesSplit(n_splits), scoring="neg_root_mean_squared_error")
