# pandas wherever it can: a grid with every hour, nullable columns for what is not known, float32 for the weather; extremely random trees.
# loses: nothing
# %% lag
def on_grid(table):
    time = pd.DatetimeIndex(timestamps(table))
    counts = pd.Series(table["cnt"].to_numpy(), index=time, dtype="Int64")
    return time, counts.reindex(pd.date_range(time.min(), time.max(), freq="h"))


def lag(table, hours):
    time, grid = on_grid(table)
    return grid.shift(hours).loc[time]
# %% rolling
def rolling_mean(table, hours):
    time, grid = on_grid(table)
    return grid.astype("Float64").shift(1).rolling(hours, min_periods=1).mean().loc[time].astype("Float32")
# %% history
def history(table):
    result = table[INPUTS].astype({"temp": "float32", "atemp": "float32", "hum": "float32", "windspeed": "float32"})
    for hours in (1, 24, 168):
        result[f"lag_{hours}"] = lag(table, hours).array
    result["mean_24"] = rolling_mean(table, 24).array
    return result
# %% lead
def known_columns(lead):
    columns = pd.Series({"lag_1": 1, "lag_24": 24, "lag_168": 168, "mean_24": 1})
    return [*INPUTS, *columns[columns - 1 >= lead].index]
# %% naive
naive_rmse = X_test[["lag_1", "lag_24", "lag_168"]].sub(y_test, axis=0).pow(2).mean().pow(0.5).to_dict()
# %% linear
def fit_linear(X, y):
    categories = ["hr", "weekday", "season", "weathersit"]
    numbers = X.columns.difference(categories).tolist()
    pipeline = Pipeline([
        ("prepare", ColumnTransformer([
            ("numbers", StandardScaler(), numbers),
            ("categories", OneHotEncoder(handle_unknown="ignore", sparse_output=False), categories),
        ])),
        ("model", LinearRegression()),
    ])
    return pipeline.set_output(transform="pandas").fit(X, y)
# %% rolling-origin
from sklearn.model_selection import cross_val_score


def time_ordered_rmse(X, y, n_splits):
    folds = TimeSeriesSplit(n_splits=n_splits)
    return -cross_val_score(LinearRegression(), X, y, cv=folds, scoring="neg_root_mean_squared_error")
# %% kernels
def fit_svr(X, y, kernel, C):
    scaled = Pipeline([("scale", StandardScaler()), ("machine", SVR(kernel=kernel, C=C))])
    return TransformedTargetRegressor(regressor=scaled, transformer=StandardScaler()).fit(X.astype("float32"), y)
# %% svr-settings
svr_settings = [["linear", 0.1], ["poly", 10], ["sigmoid", 0.1], ["rbf", 0.1], ["rbf", 3], ["rbf", 30]]
svr_errors = pd.Series({tuple(pair): root_mean_squared_error(y_val, fit_svr(X_fit, y_fit, *pair).predict(X_val)) for pair in svr_settings})
svr_choice = svr_errors.idxmin()
# %% model
from sklearn.ensemble import ExtraTreesRegressor


def fit_model(X, y):
    return ExtraTreesRegressor(n_estimators=12, min_samples_leaf=2, random_state=5).fit(X, y)
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
    frame = pd.DataFrame({name: np.asarray(guess) for name, guess in predictions.items()}).astype("float32")
    truth = np.asarray(y_true)
    floor = np.sqrt(np.mean((truth - np.asarray(y_floor)) ** 2))
    return (frame.rsub(truth, axis=0).pow(2).mean().pow(0.5) - floor).to_dict()
