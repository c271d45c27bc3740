# Everything by hand with loops and NumPy; a random forest as the cure.
# loses: nothing
# %% leaky
leaky_columns = ("registered", "casual")
# %% features
def features_and_target(table):
    names = []
    for name in table.columns:
        if name not in ("cnt", "dteday", "registered", "casual"):
            names.append(name)
    return table[names].copy(), np.array(table["cnt"])
# %% split
def split_by_time(table, first_test_day):
    limit = np.datetime64(first_test_day)
    days = np.array(table["dteday"].tolist(), dtype="datetime64[D]")
    return table.iloc[np.flatnonzero(days < limit)], table.iloc[np.flatnonzero(days >= limit)]
# %% rmse
def rmse(y_true, y_pred):
    a = np.asarray(y_true, dtype=float).reshape(-1)
    b = np.asarray(y_pred, dtype=float).reshape(-1)
    total = 0.0
    for left, right in zip(a, b):
        total += (left - right) ** 2
    return (total / len(a)) ** 0.5
# %% mae
def mae(y_true, y_pred):
    a = np.asarray(y_true, dtype=float).reshape(-1, 1)
    b = np.asarray(y_pred, dtype=float).reshape(-1, 1)
    return np.abs(a - b).sum() / a.size
# %% baselines
def mean_baseline(train, test):
    counts = np.array(train["cnt"])
    return np.ones(len(test)) * counts.sum() / counts.size


def hour_baseline(train, test):
    hours, counts = np.array(train["hr"]), np.array(train["cnt"], dtype=float)
    guess = mean_baseline(train, test)
    for i, hour in enumerate(np.array(test["hr"])):
        same = counts[hours == hour]
        if same.size:
            guess[i] = same.mean()
    return guess
# %% linear
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler

linear = make_pipeline(MinMaxScaler(), LinearRegression())
linear.fit(X_train, y_train)
# %% report
def report(y_true, predictions):
    result = {}
    y = np.ravel(y_true)
    for name in predictions:
        error = y - np.ravel(predictions[name])
        result[name] = {
            "rmse": np.sqrt(np.mean(error**2)),
            "mae": np.mean(np.abs(error)),
            "r2": 1 - np.sum(error**2) / np.sum((y - y.mean()) ** 2),
        }
    return result
# %% coefficients
def standardised_coefficients(X, y):
    design = np.column_stack([np.ones(len(X)), X.to_numpy()])
    spread = design[:, 1:].std(axis=0)
    design[:, 1:] = (design[:, 1:] - design[:, 1:].mean(axis=0)) / spread
    weights = np.linalg.lstsq(design, np.asarray(y, dtype=float), rcond=None)[0]
    return {name: weight for name, weight in zip(X.columns, weights[1:])}
# %% degree
def rentals_per_degree(X, y):
    names = [name for name in X.columns if name != "atemp"]
    design = np.column_stack([np.ones(len(X)), X[names].to_numpy()])
    weights = np.linalg.lstsq(design, np.asarray(y, dtype=float), rcond=None)[0]
    return weights[1 + names.index("temp")] / 47
# %% residuals
def residuals_by_hour(table, y_pred):
    total, count = np.zeros(24), np.zeros(24)
    for hour, truth, guess in zip(table["hr"], table["cnt"], np.ravel(y_pred)):
        total[hour] += truth - guess
        count[hour] += 1
    result = np.full(24, np.nan)
    result[count > 0] = total[count > 0] / count[count > 0]
    return result
# %% better
from sklearn.ensemble import RandomForestRegressor

better = RandomForestRegressor(n_estimators=8, min_samples_leaf=2, random_state=3)
better.fit(X_train, y_train)
# %% leaves
def leaf_scores(sizes, X, y, X_new, y_new):
    result = {}
    for size in sizes:
        tree = DecisionTreeRegressor(min_samples_leaf=size, random_state=0)
        tree.fit(X.to_numpy(), np.array(y))
        on_train = np.array(y) - tree.predict(X.to_numpy())
        on_new = np.array(y_new) - tree.predict(X_new.to_numpy())
        result[size] = {"train": np.sqrt(np.mean(on_train**2)), "new": np.sqrt(np.mean(on_new**2))}
    return result
# %% leaf-sizes
leaf_sizes = np.array([1, 4, 15, 40, 150, 600])
pd.DataFrame(leaf_scores(leaf_sizes, X_fit, y_fit, X_val, y_val)).T.round(1)
# %% choice
def choose_model(candidates, X, y, n_validation):
    n_fit = len(X) - n_validation
    best_name, best_error = None, np.inf
    for name in candidates:
        model = clone(candidates[name])
        model.fit(X.iloc[:n_fit], y.iloc[:n_fit])
        total = 0.0
        for truth, guess in zip(y.iloc[n_fit:], model.predict(X.iloc[n_fit:])):
            total += (truth - guess) ** 2
        if total < best_error:
            best_name, best_error = name, total
    winner = clone(candidates[best_name])
    winner.fit(X, y)
    return [best_name, winner]
