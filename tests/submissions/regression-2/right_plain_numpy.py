# Dictionaries, loops and NumPy; a random forest.
# loses: nothing
# %% lag
def lag(table, hours):
    moments = timestamps(table)
    known = {moment: float(count) for moment, count in zip(moments, table["cnt"])}
    return np.array([known.get(moment - np.timedelta64(hours, "h"), np.nan) for moment in moments])
# %% rolling
def rolling_mean(table, hours):
    moments = timestamps(table).astype("datetime64[h]").astype(int)
    order = np.argsort(moments)
    total = np.concatenate([[0.0], np.cumsum(np.asarray(table["cnt"], dtype=float)[order])])
    first = np.searchsorted(moments[order], moments - hours, side="left")
    last = np.searchsorted(moments[order], moments, side="left")
    result = np.full(len(table), np.nan)
    some = last > first
    result[some] = (total[last] - total[first])[some] / (last - first)[some]
    return result
# %% history
def history(table):
    result = table.drop(columns=["dteday", "casual", "registered", "cnt"]).copy()
    result["lag_1"] = lag(table, 1)
    result["lag_24"] = lag(table, 24)
    result["lag_168"] = lag(table, 168)
    result["mean_24"] = rolling_mean(table, 24)
    return result
# %% naive
naive_rmse = {}
for column in ["lag_1", "lag_24", "lag_168"]:
    naive_rmse[column] = np.sqrt(((X_test[column] - y_test) ** 2).mean())
# %% linear
from sklearn.compose import make_column_transformer
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline


def fit_linear(X, y):
    categories = ["hr", "weekday", "season", "weathersit"]
    rest = [name for name in X.columns if name not in categories]
    encode = make_column_transformer(
        (OneHotEncoder(handle_unknown="infrequent_if_exist", sparse_output=False), categories), (StandardScaler(), rest)
    )
    model = make_pipeline(encode, Ridge(alpha=0.1))
    model.fit(X, y)
    return model
# %% rolling-origin
def time_ordered_rmse(X, y, n_splits):
    design = np.column_stack([np.ones(len(X)), np.asarray(X, dtype=float)])
    y = np.asarray(y, dtype=float)
    size = len(y) // (n_splits + 1)
    result = []
    for fold in range(n_splits):
        start = len(y) - size * (n_splits - fold)
        weights = np.linalg.lstsq(design[:start], y[:start], rcond=None)[0]
        misses = y[start : start + size] - design[start : start + size] @ weights
        result.append(np.sqrt(np.mean(misses**2)))
    return result
# %% model
from sklearn.ensemble import RandomForestRegressor


def fit_model(X, y):
    return RandomForestRegressor(n_estimators=30, min_samples_leaf=3, max_features=0.5, random_state=2).fit(X, y)
# %% gap
def split_gap(X, y, n_test):
    def score(past, future, counts, truth):
        model = HistGradientBoostingRegressor(max_leaf_nodes=63, random_state=0)
        return model.fit(past, counts).score(future, truth)

    return {
        "random": score(*train_test_split(X, y, test_size=n_test, random_state=0)),
        "time": score(X.iloc[:-n_test], X.iloc[-n_test:], y.iloc[:-n_test], y.iloc[-n_test:]),
    }
# %% ladder
def above_floor(y_true, predictions, y_floor):
    def size(guess):
        return np.sqrt(np.mean((np.asarray(y_true) - np.asarray(guess)) ** 2))

    return {name: size(predictions[name]) - size(y_floor) for name in predictions}
