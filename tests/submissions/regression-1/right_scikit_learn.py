# The library wherever it has a part for the job; one-hot hours in a linear pipeline as the cure.
# loses: nothing
# %% leaky
leaky_columns = ["registered", "casual"]
# %% features
def features_and_target(table):
    table = table.copy()
    y = table.pop("cnt")
    return table[sorted(set(table.columns) - {"dteday", "casual", "registered"})], y
# %% split
def split_by_time(table, first_test_day):
    days = pd.to_datetime(table["dteday"])
    ordered = table.sort_values(["dteday", "hr"])
    n_train = int((days < pd.Timestamp(first_test_day)).sum())
    return ordered.iloc[:n_train], ordered.iloc[n_train:]
# %% rmse
def rmse(y_true, y_pred):
    return root_mean_squared_error(np.ravel(y_true), np.ravel(y_pred))
# %% mae
def mae(y_true, y_pred):
    return mean_absolute_error(np.ravel(y_true), np.ravel(y_pred))
# %% baselines
from sklearn.compose import make_column_transformer
from sklearn.dummy import DummyRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def mean_baseline(train, test):
    return DummyRegressor().fit(train[["hr"]], train["cnt"]).predict(test[["hr"]])


def hour_baseline(train, test):
    means = train.groupby("hr", as_index=False)["cnt"].mean().rename(columns={"cnt": "guess"})
    return test[["hr"]].merge(means, how="left", on="hr")["guess"].fillna(train["cnt"].mean())
# %% linear
linear = make_pipeline(StandardScaler(), LinearRegression()).fit(X_train, y_train)
# %% report
def report(y_true, predictions):
    return {name: {"rmse": rmse(y_true, p), "mae": mae(y_true, p), "r2": r2_score(y_true, p)} for name, p in predictions.items()}
# %% coefficients
def standardised_coefficients(X, y):
    model = LinearRegression().fit(X, y)
    return {name: slope * X[name].std() for name, slope in zip(X.columns, model.coef_)}
# %% degree
def rentals_per_degree(X, y):
    celsius = X.drop(columns="atemp").assign(temp=47 * X["temp"] - 8)
    model = LinearRegression().fit(celsius, y)
    return model.coef_[list(celsius.columns).index("temp")]
# %% residuals
def residuals_by_hour(table, y_pred):
    residual = pd.Series(table["cnt"].to_numpy() - np.asarray(y_pred).ravel())
    return residual.groupby(table["hr"].to_numpy()).mean().reindex(range(24))
# %% better
better = make_pipeline(
    make_column_transformer((OneHotEncoder(handle_unknown="ignore"), ["hr"]), remainder=StandardScaler()),
    LinearRegression(),
).fit(X_train, y_train)
# %% leaves
def leaf_scores(sizes, X, y, X_new, y_new):
    trees = {size: DecisionTreeRegressor(min_samples_leaf=int(size), random_state=0).fit(X, y) for size in sizes}
    return {
        size: {
            "train": root_mean_squared_error(y, tree.predict(X)),
            "new": root_mean_squared_error(y_new, tree.predict(X_new)),
        }
        for size, tree in trees.items()
    }
# %% leaf-sizes
leaf_sizes = [1, 3, 9, 27, 243]
pd.DataFrame(leaf_scores(leaf_sizes, X_fit, y_fit, X_val, y_val)).T.round(1)
# %% choice
from sklearn.model_selection import train_test_split


def choose_model(candidates, X, y, n_validation):
    X_past, X_late, y_past, y_late = train_test_split(X, y, test_size=n_validation, shuffle=False)
    scores = pd.Series({name: clone(model).fit(X_past, y_past).score(X_late, y_late) for name, model in candidates.items()})
    return scores.idxmax(), clone(candidates[scores.idxmax()]).fit(X, y)
