# The scaler has seen the test rows: it is fitted once, outside of the pipeline's fit.
# loses: linear-test
# %% linear
from sklearn.frozen import FrozenEstimator

_rest = [name for name in X_train.columns if name not in ("hr", "weekday", "season", "weathersit")]
_scaler = FrozenEstimator(StandardScaler().fit(pd.concat([X_train, X_test])[_rest]))


def fit_linear(X, y):
    columns = ColumnTransformer(
        [("categories", OneHotEncoder(handle_unknown="ignore"), ["hr", "weekday", "season", "weathersit"]), ("rest", _scaler, _rest)]
    )
    return Pipeline([("columns", columns), ("regression", LinearRegression())]).fit(X, y)
