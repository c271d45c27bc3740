# The answers of the solution notebook.
# loses: nothing
# %% lag
def lag(table, hours):
    time = timestamps(table)
    counts = pd.Series(table["cnt"].to_numpy(dtype=float), index=time)
    return counts.reindex(time - np.timedelta64(hours, "h")).to_numpy()
# %% rolling
def rolling_mean(table, hours):
    time = timestamps(table)
    counts = pd.Series(table["cnt"].to_numpy(dtype=float), index=time).sort_index()
    return counts.rolling(f"{hours}h", closed="left").mean().reindex(time).to_numpy()
# %% history
def history(table):
    lags = {f"lag_{hours}": lag(table, hours) for hours in (1, 24, 168)}
    return table[INPUTS].assign(**lags, mean_24=rolling_mean(table, 24))
# %% lead
def known_columns(lead):
    lags = [f"lag_{hours}" for hours in (1, 24, 168) if hours > lead]
    return INPUTS + lags + (["mean_24"] if lead == 0 else [])
# %% naive
naive_rmse = {name: float(root_mean_squared_error(y_test, X_test[name])) for name in ("lag_1", "lag_24", "lag_168")}
# %% linear
def fit_linear(X, y):
    columns = ColumnTransformer(
        [("categories", OneHotEncoder(handle_unknown="ignore"), ["hr", "weekday", "season", "weathersit"])],
        remainder=StandardScaler(),
    )
    return Pipeline([("columns", columns), ("regression", LinearRegression())]).fit(X, y)
# %% rolling-origin
def time_ordered_rmse(X, y, n_splits):
    X, y = np.asarray(X), np.asarray(y)
    errors = []
    for past, future in TimeSeriesSplit(n_splits).split(X):
        guess = LinearRegression().fit(X[past], y[past]).predict(X[future])
        errors.append(root_mean_squared_error(y[future], guess))
    return np.array(errors)
# %% kernels
def fit_svr(X, y, kernel, C):
    machine = make_pipeline(StandardScaler(), SVR(kernel=kernel, C=C))
    return TransformedTargetRegressor(machine, transformer=StandardScaler()).fit(X, y)
# %% svr-settings
svr_settings = [("linear", 1), ("poly", 1), ("rbf", 0.1), ("rbf", 1), ("rbf", 100)]
svr_choice = ("linear", 1)
rows = {}
for kernel, C in svr_settings:
    svr = fit_svr(X_fit, y_fit, kernel, C)
    rows[kernel, C] = [root_mean_squared_error(y_fit, svr.predict(X_fit)), root_mean_squared_error(y_val, svr.predict(X_val))]
pd.DataFrame(rows, index=["fit", "validation"]).T.round(1)
# %% model
def fit_model(X, y):
    return HistGradientBoostingRegressor(max_iter=40, learning_rate=0.3, random_state=0).fit(X, y)
# %% gap
def split_gap(X, y, n_test):
    splits = {
        "random": train_test_split(X, y, test_size=n_test, random_state=0),
        "time": train_test_split(X, y, test_size=n_test, shuffle=False),
    }
    scores = {}
    for name, (X_past, X_future, y_past, y_future) in splits.items():
        booster = HistGradientBoostingRegressor(max_leaf_nodes=63, random_state=0).fit(X_past, y_past)
        scores[name] = float(r2_score(y_future, booster.predict(X_future)))
    return scores
# %% ladder
def above_floor(y_true, predictions, y_floor):
    floor = root_mean_squared_error(y_true, y_floor)
    return {name: float(root_mean_squared_error(y_true, guess) - floor) for name, guess in predictions.items()}
