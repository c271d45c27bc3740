# Classes that keep what they know, sorted arrays of whole hours, a support vector machine that standardises its target by hand; boosting on few leaves.
# loses: nothing
# %% lag
class Past:
    """Counts by the hour, as whole numbers of hours in order."""

    def __init__(self, table):
        self.hour = timestamps(table).astype("datetime64[h]").astype(int)
        order = np.argsort(self.hour)
        self.sorted, self.counts = self.hour[order], table["cnt"].to_numpy()[order]
        self.total = np.concatenate([[0], np.cumsum(self.counts)])

    def lag(self, hours):
        place = np.searchsorted(self.sorted, self.hour - hours)
        found = self.sorted[place] == self.hour - hours
        return np.where(found, self.counts[place], np.nan).astype("float32")

    def mean(self, hours):
        first, last = np.searchsorted(self.sorted, self.hour - hours), np.searchsorted(self.sorted, self.hour)
        with np.errstate(invalid="ignore"):
            return (self.total[last] - self.total[first]) / (last - first)


def lag(table, hours):
    return Past(table).lag(hours)
# %% rolling
def rolling_mean(table, hours):
    return Past(table).mean(hours)
# %% history
def history(table):
    past = Past(table)
    return table[INPUTS].assign(**{f"lag_{hours}": past.lag(hours) for hours in (1, 24, 168)}, mean_24=past.mean(24)).astype("float32")
# %% lead
class Column:
    def __init__(self, name, youngest):
        self.name, self.youngest = name, youngest  # hours between the beginning of its youngest count and the hour to be predicted

    def is_known(self, lead):
        return self.youngest > lead


def known_columns(lead):
    new = [Column("lag_1", 1), Column("lag_24", 24), Column("lag_168", 168), Column("mean_24", 1)]
    return tuple(INPUTS) + tuple(column.name for column in new if column.is_known(lead))
# %% naive
naive_rmse = {name: np.float32(np.linalg.norm(y_test - X_test[name]) / len(y_test) ** 0.5) for name in ("lag_1", "lag_24", "lag_168")}
# %% linear
def fit_linear(X, y):
    encode = ColumnTransformer([
        (name, OneHotEncoder(handle_unknown="ignore"), [name]) for name in ("hr", "weekday", "season", "weathersit")
    ], remainder=StandardScaler())
    return Pipeline([("encode", encode), ("fit", LinearRegression())]).fit(X, y)
# %% rolling-origin
def time_ordered_rmse(X, y, n_splits):
    result = np.zeros(n_splits, dtype="float32")
    for fold, (past, future) in enumerate(TimeSeriesSplit(n_splits).split(X, y)):
        model = LinearRegression().fit(X.iloc[past], y.iloc[past])
        result[fold] = np.sqrt(((y.iloc[future] - model.predict(X.iloc[future])) ** 2).mean())
    return result
# %% kernels
class StandardisedSVR:
    def __init__(self, kernel, C):
        self.machine = SVR(kernel=kernel, C=C)

    def fit(self, X, y):
        self.centre, self.spread = X.mean(), X.std()
        self.level, self.size = y.mean(), y.std()
        self.machine.fit(self.ready(X), (y - self.level) / self.size)
        return self

    def ready(self, X):
        return ((X - self.centre) / self.spread.replace(0, 1)).to_numpy()

    def predict(self, X):
        return self.level + self.size * self.machine.predict(self.ready(X))


def fit_svr(X, y, kernel, C):
    return StandardisedSVR(kernel, C).fit(X, y)
# %% svr-settings
svr_settings = {("rbf", 0.05), ("rbf", 2), ("rbf", 100), ("linear", 1), ("linear", 0.05), ("sigmoid", 0.05)}
svr_choice = ["linear", 1]
# %% model
class Recipe:
    settings = {"max_iter": 60, "learning_rate": 0.2, "max_leaf_nodes": 15, "random_state": 4}

    def cook(self, X, y):
        return HistGradientBoostingRegressor(**self.settings).fit(X, y)


def fit_model(X, y):
    return Recipe().cook(X, y)
# %% gap
def split_gap(X, y, n_test):
    result = {}
    for name, shuffle in [("random", True), ("time", False)]:
        X_a, X_b, y_a, y_b = train_test_split(X, y, test_size=n_test, shuffle=shuffle, random_state=0 if shuffle else None)
        result[name] = HistGradientBoostingRegressor(max_leaf_nodes=63, random_state=0).fit(X_a, y_a).score(X_b, y_b)
    return result
# %% ladder
class Ladder:
    def __init__(self, y_true, y_floor):
        self.truth = np.ravel(y_true)
        self.floor = self.error(y_floor)

    def error(self, guess):
        return root_mean_squared_error(self.truth, np.ravel(guess))


def above_floor(y_true, predictions, y_floor):
    ladder = Ladder(y_true, y_floor)
    return {name: ladder.error(guess) - ladder.floor for name, guess in predictions.items()}
