# A grid with every hour, so that a shift by places is a shift by hours; extremely random trees.
# loses: nothing
# %% lag
def on_grid(table):
    time = pd.DatetimeIndex(timestamps(table))
    counts = pd.Series(table["cnt"].to_numpy(dtype=float), index=time)
    return time, counts.reindex(pd.date_range(time.min(), time.max(), freq="h"))


def lag(table, hours):
    time, grid = on_grid(table)
    return grid.shift(hours).loc[time].to_numpy()
# %% rolling
def rolling_mean(table, hours):
    time, grid = on_grid(table)
    return grid.shift(1).rolling(hours, min_periods=1).mean().loc[time]
# %% history
def history(table):
    result = table[INPUTS].copy()
    time, grid = on_grid(table)
    for hours in (1, 24, 168):
        result[f"lag_{hours}"] = grid.shift(hours).loc[time].to_numpy()
    result["mean_24"] = rolling_mean(table, 24).to_numpy()
    return result
# %% naive
naive_rmse = X_test[["lag_1", "lag_24", "lag_168"]].apply(lambda column: root_mean_squared_error(y_test, column)).to_dict()
# %% linear
def fit_linear(X, y):
    categories = ["hr", "weekday", "season", "weathersit"]
    numbers = X.columns.difference(categories).tolist()
    pipeline = Pipeline([
        ("prepare", ColumnTransformer([
            ("numbers", StandardScaler(), numbers),
            ("categories", OneHotEncoder(drop="first", handle_unknown="ignore", sparse_output=False), categories),
        ])),
        ("model", LinearRegression()),
    ])
    return pipeline.fit(X, y)
# %% rolling-origin
from sklearn.model_selection import cross_val_score


def time_ordered_rmse(X, y, n_splits):
    folds = TimeSeriesSplit(n_splits=n_splits)
    return -cross_val_score(LinearRegression(), X, y, cv=folds, scoring="neg_root_mean_squared_error")
# %% model
from sklearn.ensemble import ExtraTreesRegressor


def fit_model(X, y):
    return ExtraTreesRegressor(n_estimators=40, min_samples_leaf=2, random_state=5).fit(X, y)
# %% gap
from sklearn.base import clone


def split_gap(X, y, n_test):
    X, y = X.reset_index(drop=True), y.reset_index(drop=True)
    model = HistGradientBoostingRegressor(max_leaf_nodes=63, random_state=0)
    a, b, c, d = train_test_split(X, y, test_size=n_test, random_state=0)
    n_train = len(X) - n_test
    return {
        "time": r2_score(y[n_train:], clone(model).fit(X[:n_train], y[:n_train]).predict(X[n_train:])),
        "random": r2_score(d, clone(model).fit(a, c).predict(b)),
    }
# %% ladder
def above_floor(y_true, predictions, y_floor):
    errors = {name: root_mean_squared_error(y_true, guess) for name, guess in predictions.items()}
    return {name: error - root_mean_squared_error(y_true, y_floor) for name, error in errors.items()}
