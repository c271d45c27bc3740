# Small classes that keep what they have learnt, everything in float32 (as somebody does who comes from neural networks); boosting on the logarithm.
# loses: nothing
# %% leaky
leaky_columns = np.array(["casual", "registered"])
# %% features
class Columns:
    forbidden = {"dteday", "casual", "registered", "cnt"}

    def usable(self, table):
        return [name for name in table.columns if name not in self.forbidden]


def features_and_target(table):
    X = table[Columns().usable(table)].astype("float32")
    return X, table["cnt"].astype("float32").to_numpy()
# %% split
class TimeSplit:
    def __init__(self, first_test_day):
        self.first = pd.Timestamp(first_test_day)

    def __call__(self, table):
        late = pd.to_datetime(table["dteday"]) >= self.first
        return table.loc[~late].copy(), table.loc[late].copy()


def split_by_time(table, first_test_day):
    return TimeSplit(first_test_day)(table)
# %% rmse
class Errors:
    def __init__(self, y_true, y_pred):
        self.misses = np.asarray(y_true, dtype="float32").ravel() - np.asarray(y_pred, dtype="float32").ravel()

    def rmse(self):
        return np.sqrt(np.square(self.misses).mean())

    def mae(self):
        return np.abs(self.misses).mean()


def rmse(y_true, y_pred):
    return Errors(y_true, y_pred).rmse()
# %% mae
def mae(y_true, y_pred):
    return Errors(y_true, y_pred).mae()
# %% baselines
class HourMeans:
    def fit(self, table):
        counts = table["cnt"].astype("float32")
        self.overall = counts.mean()
        self.means = np.full(24, self.overall, dtype="float32")
        for hour, rows in counts.groupby(table["hr"]):
            self.means[hour] = rows.mean()
        return self


def mean_baseline(train, test):
    return np.full(len(test), HourMeans().fit(train).overall, dtype="float32")


def hour_baseline(train, test):
    return HourMeans().fit(train).means[test["hr"].to_numpy()]
# %% linear
linear = make_pipeline(StandardScaler(), LinearRegression())
linear.fit(X_train.astype("float32"), y_train.astype("float32"))
# %% report
class Report(dict):
    def add(self, name, y_true, y_pred):
        y_true = np.asarray(y_true, dtype="float32")
        self[name] = {
            "rmse": root_mean_squared_error(y_true, y_pred),
            "mae": mean_absolute_error(y_true, y_pred),
            "r2": r2_score(y_true, y_pred),
        }


def report(y_true, predictions):
    found = Report()
    for name, y_pred in predictions.items():
        found.add(name, y_true, np.asarray(y_pred, dtype="float32"))
    return dict(found)
# %% coefficients
def standardised_coefficients(X, y):
    model = make_pipeline(StandardScaler(), LinearRegression()).fit(X.astype("float32"), np.asarray(y, dtype="float32"))
    return {name: weight for name, weight in zip(X.columns, model[-1].coef_)}
# %% degree
def rentals_per_degree(X, y):
    columns = [name for name in X.columns if name != "atemp"]
    model = LinearRegression().fit(X[columns].astype("float32"), np.asarray(y, dtype="float32"))
    return model.coef_[columns.index("temp")] / np.float32(47)
# %% residuals
def residuals_by_hour(table, y_pred):
    residual = np.asarray(table["cnt"], dtype="float32") - np.asarray(y_pred, dtype="float32").ravel()
    result = np.full(24, np.nan, dtype="float32")
    for hour in set(table["hr"]):
        result[hour] = residual[(table["hr"] == hour).to_numpy()].mean()
    return result
# %% leaves
class LeafTrial:
    def __init__(self, size):
        self.tree = DecisionTreeRegressor(min_samples_leaf=size, random_state=0)

    def scores(self, X, y, X_new, y_new):
        self.tree.fit(X, y)
        return {"train": rmse(y, self.tree.predict(X)), "new": rmse(y_new, self.tree.predict(X_new))}


def leaf_scores(sizes, X, y, X_new, y_new):
    return {size: LeafTrial(size).scores(X, y, X_new, y_new) for size in sizes}
# %% leaf-sizes
leaf_sizes = [1.0, 2, 8, 16, 64, 256]
leaf_sizes = [int(size) for size in leaf_sizes]
pd.DataFrame(leaf_scores(leaf_sizes, X_fit, y_fit, X_val, y_val)).T.round(1)
# %% choice
class Chooser:
    def __init__(self, candidates, n_validation):
        self.candidates, self.n = candidates, n_validation

    def error(self, name, X, y):
        model = clone(self.candidates[name]).fit(X.iloc[: -self.n], y.iloc[: -self.n])
        return rmse(y.iloc[-self.n :], model.predict(X.iloc[-self.n :]))

    def choose(self, X, y):
        ranking = sorted(self.candidates, key=lambda name: self.error(name, X, y))
        return ranking[0], clone(self.candidates[ranking[0]]).fit(X, y)


def choose_model(candidates, X, y, n_validation):
    return Chooser(candidates, n_validation).choose(X, y)
# %% better
from sklearn.compose import TransformedTargetRegressor
from sklearn.ensemble import HistGradientBoostingRegressor

better = TransformedTargetRegressor(HistGradientBoostingRegressor(max_iter=60, learning_rate=0.2), func=np.log1p, inverse_func=np.expm1)
better.fit(X_train.astype("float32"), y_train.astype("float32"))
