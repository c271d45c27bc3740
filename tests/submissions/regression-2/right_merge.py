# Joins the table with itself on time (and lets NumPy warn of empty means); encoded categories in front of a small network.
# loses: nothing
# %% lag
def lag(table, hours):
    moments = pd.DataFrame({"moment": timestamps(table)})
    past = pd.DataFrame({"moment": timestamps(table) + np.timedelta64(hours, "h"), "count": np.asarray(table["cnt"], dtype=float)})
    return moments.merge(past, on="moment", how="left")["count"]
# %% rolling
def rolling_mean(table, hours):
    lags = np.column_stack([lag(table, back) for back in range(1, hours + 1)])
    return np.nanmean(lags, axis=1)
# %% history
def history(table):
    new = pd.DataFrame({f"lag_{hours}": lag(table, hours) for hours in (1, 24, 168)})
    new["mean_24"] = rolling_mean(table, 24)
    return pd.concat([table[INPUTS].reset_index(drop=True), new], axis=1)
# %% naive
naive_rmse = {f"lag_{h}": np.linalg.norm(y_test - X_test[f"lag_{h}"]) / len(y_test) ** 0.5 for h in (1, 24, 168)}
# %% linear
def fit_linear(X, y):
    encode = ColumnTransformer([
        (name, OneHotEncoder(handle_unknown="ignore"), [name]) for name in ("hr", "weekday", "season", "weathersit")
    ], remainder=StandardScaler())
    return Pipeline([("encode", encode), ("fit", LinearRegression())]).fit(X, y)
# %% rolling-origin
def time_ordered_rmse(X, y, n_splits):
    result = np.zeros(n_splits)
    for fold, (past, future) in enumerate(TimeSeriesSplit(n_splits).split(X, y)):
        model = LinearRegression().fit(X.iloc[past], y.iloc[past])
        result[fold] = np.sqrt(((y.iloc[future] - model.predict(X.iloc[future])) ** 2).mean())
    return result
# %% model
from sklearn.neural_network import MLPRegressor


def fit_model(X, y):
    encode = ColumnTransformer([
        ("categories", OneHotEncoder(handle_unknown="ignore", sparse_output=False), ["hr", "weekday", "season", "weathersit"])
    ], remainder=StandardScaler())
    network = MLPRegressor(hidden_layer_sizes=(50,), learning_rate_init=0.01, early_stopping=True, max_iter=100, random_state=1)
    return Pipeline([("encode", encode), ("network", network)]).fit(X, y)
# %% gap
def split_gap(X, y, n_test):
    result = {}
    for name, shuffle in [("random", True), ("time", False)]:
        X_a, X_b, y_a, y_b = train_test_split(X, y, test_size=n_test, shuffle=shuffle, random_state=0 if shuffle else None)
        result[name] = HistGradientBoostingRegressor(max_leaf_nodes=63, random_state=0).fit(X_a, y_a).score(X_b, y_b)
    return result
# %% ladder
def above_floor(y_true, predictions, y_floor):
    frame = pd.DataFrame({name: np.asarray(guess) for name, guess in predictions.items()})
    truth = np.asarray(y_true)
    floor = np.sqrt(np.mean((truth - np.asarray(y_floor)) ** 2))
    return {name: float(np.sqrt(np.mean((truth - frame[name]) ** 2)) - floor) for name in frame}
