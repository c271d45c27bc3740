# The answers of the solution notebook.
# loses: nothing
# %% leaky
leaky_columns = ["casual", "registered"]
# %% features
def features_and_target(table):
    X = table.drop(columns=["dteday", "casual", "registered", "cnt"])
    return X, table["cnt"]
# %% split
def split_by_time(table, first_test_day):
    is_test = table["dteday"] >= first_test_day  # year-month-day sorts as text
    return table[~is_test], table[is_test]
# %% rmse
def rmse(y_true, y_pred):
    y_true, y_pred = np.ravel(y_true), np.ravel(y_pred)
    return float(np.sqrt(np.mean((y_true - y_pred) ** 2)))
# %% mae
def mae(y_true, y_pred):
    return float(np.mean(np.abs(np.ravel(y_true) - np.ravel(y_pred))))
# %% baselines
def mean_baseline(train, test):
    return np.full(len(test), train["cnt"].mean())


def hour_baseline(train, test):
    by_hour = train.groupby("hr")["cnt"].mean()
    return test["hr"].map(by_hour).fillna(train["cnt"].mean()).to_numpy()
# %% linear
linear = LinearRegression().fit(X_train, y_train)
# %% report
def report(y_true, predictions):
    return {
        name: {
            "rmse": float(root_mean_squared_error(y_true, y_pred)),
            "mae": float(mean_absolute_error(y_true, y_pred)),
            "r2": float(r2_score(y_true, y_pred)),
        }
        for name, y_pred in predictions.items()
    }
# %% coefficients
def standardised_coefficients(X, y):
    Z = (X - X.mean()) / X.std(ddof=0)
    return dict(zip(X.columns, LinearRegression().fit(Z, y).coef_.tolist()))
# %% degree
def rentals_per_degree(X, y):
    X = X.drop(columns="atemp")
    slopes = dict(zip(X.columns, LinearRegression().fit(X, y).coef_))
    return float(slopes["temp"] / 47)
# %% residuals
def residuals_by_hour(table, y_pred):
    residual = table["cnt"].to_numpy() - np.ravel(y_pred)
    hour = table["hr"].to_numpy()
    return np.array([residual[hour == h].mean() if (hour == h).any() else np.nan for h in range(24)])
# %% leaves
def leaf_scores(sizes, X, y, X_new, y_new):
    scores = {}
    for size in sizes:
        tree = DecisionTreeRegressor(min_samples_leaf=size, random_state=0).fit(X, y)
        rows = {"train": (X, y), "new": (X_new, y_new)}
        scores[size] = {name: float(root_mean_squared_error(truth, tree.predict(inputs))) for name, (inputs, truth) in rows.items()}
    return scores
# %% leaf-sizes
leaf_sizes = [1, 5, 20, 100, 1000]
pd.DataFrame(leaf_scores(leaf_sizes, X_fit, y_fit, X_val, y_val)).T.round(1)
# %% choice
def choose_model(candidates, X, y, n_validation):
    errors = {}
    for name, model in candidates.items():
        fitted = clone(model).fit(X[:-n_validation], y[:-n_validation])
        errors[name] = root_mean_squared_error(y[-n_validation:], fitted.predict(X[-n_validation:]))
    winner = min(errors, key=errors.get)
    return winner, clone(candidates[winner]).fit(X, y)
# %% better
from sklearn.ensemble import HistGradientBoostingRegressor

better = HistGradientBoostingRegressor(max_iter=60, learning_rate=0.2, random_state=0).fit(X_train, y_train)
