# Dictionaries, loops and lists with None for what is not known; a random forest.
# loses: nothing
# %% lag
def lag(table, hours):
    moments = list(timestamps(table))
    known = dict(zip(moments, table["cnt"].tolist()))
    result = []
    for moment in moments:
        result.append(known.get(moment - np.timedelta64(hours, "h")))
    return result
# %% rolling
def rolling_mean(table, hours):
    known = dict(zip(timestamps(table), table["cnt"].tolist()))
    result = []
    for moment in timestamps(table):
        counts = []
        for back in range(1, hours + 1):
            before = moment - np.timedelta64(back, "h")
            if before in known:
                counts.append(known[before])
        result.append(sum(counts) / len(counts) if counts else None)
    return result
# %% history
def history(table):
    result = table.drop(columns=["dteday", "casual", "registered", "cnt"]).copy()
    result["lag_1"] = lag(table, 1)
    result["lag_24"] = lag(table, 24)
    result["lag_168"] = lag(table, 168)
    result["mean_24"] = rolling_mean(table, 24)
    return result
# %% lead
def known_columns(lead):
    columns = list(INPUTS)
    if lead < 1:
        columns.append("lag_1")
        columns.append("mean_24")
    if lead < 24:
        columns.append("lag_24")
    if lead < 168:
        columns.append("lag_168")
    return columns
# %% naive
naive_rmse = {}
for column in ["lag_1", "lag_24", "lag_168"]:
    total = 0
    for truth, guess in zip(y_test, X_test[column]):
        total += (truth - guess) ** 2
    naive_rmse[column] = (total / len(y_test)) ** 0.5
# %% linear
from sklearn.compose import make_column_transformer
from sklearn.linear_model import Ridge


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
# %% kernels
def fit_svr(X, y, kernel, C):
    machine = SVR(C=C, kernel=kernel)
    inputs_then_machine = Pipeline([("standardise", StandardScaler()), ("svr", machine)])
    both = TransformedTargetRegressor(inputs_then_machine, transformer=StandardScaler(), check_inverse=False)
    both.fit(X, y)
    return both
# %% svr-settings
svr_settings = []
for kernel in ["linear", "poly", "rbf"]:
    for C in [0.1, 30]:
        svr_settings.append((kernel, C))
svr_choice = None
least = 10**6
for kernel, C in svr_settings:
    svr = fit_svr(X_fit, y_fit, kernel, C)
    error = root_mean_squared_error(y_val, svr.predict(X_val))
    print(kernel, C, root_mean_squared_error(y_fit, svr.predict(X_fit)), error)
    if error < least:
        least = error
        svr_choice = (kernel, C)
# %% model
from sklearn.ensemble import RandomForestRegressor


def fit_model(X, y):
    return RandomForestRegressor(n_estimators=12, min_samples_leaf=3, max_features=0.5, random_state=2).fit(X, y)
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
