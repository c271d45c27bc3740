# Short answers, pandas wherever it can; a single tree as the cure, chosen among several by the validation rows.
# loses: nothing
# %% leaky
leaky_columns = [name for name in bikes.columns if name in ("casual", "registered")]
# %% features
def features_and_target(table):
    table = table.copy()
    y = table.pop("cnt")
    return table[sorted(set(table.columns) - {"dteday", "casual", "registered"})], y
# %% split
def split_by_time(table, first_test_day):
    ordered = table.sort_values(["dteday", "hr"], ignore_index=True)
    return ordered.query("dteday < @first_test_day"), ordered.query("dteday >= @first_test_day")
# %% rmse
def rmse(y_true, y_pred):
    error = np.asarray(y_true).flatten() - np.asarray(y_pred).flatten()
    return np.linalg.norm(error) / np.sqrt(error.size)
# %% mae
def mae(y_true, y_pred):
    error = np.asarray(y_true).flatten() - np.asarray(y_pred).flatten()
    return np.linalg.norm(error, 1) / error.size
# %% baselines
def mean_baseline(train, test):
    return [train.cnt.mean()] * len(test)


def hour_baseline(train, test):
    means = train.groupby("hr", as_index=False)["cnt"].mean().rename(columns={"cnt": "guess"})
    return test[["hr"]].merge(means, how="left", on="hr")["guess"].fillna(train["cnt"].mean())
# %% linear
from sklearn.preprocessing import StandardScaler
from sklearn.pipeline import Pipeline

linear = Pipeline([("scale", StandardScaler()), ("regression", LinearRegression())])
linear.fit(train[INPUTS], train.cnt)
# %% report
def report(y_true, predictions):
    out = {}
    for name, guess in predictions.items():
        out[name] = dict(rmse=rmse(y_true, guess), mae=mae(y_true, guess), r2=r2_score(y_true, guess))
    return out
# %% coefficients
def standardised_coefficients(X, y):
    scaled = StandardScaler().fit_transform(X)
    return dict(zip(X.columns, LinearRegression().fit(scaled, y).coef_))
# %% degree
def rentals_per_degree(X, y):
    rest = X.drop("atemp", axis=1)
    colder = rest.iloc[[0]]
    warmer = colder.assign(temp=colder.temp + 1 / 47)
    model = LinearRegression().fit(rest, y)
    return (model.predict(warmer) - model.predict(colder))[0]
# %% residuals
def residuals_by_hour(table, y_pred):
    left = table.assign(left=table.cnt - np.asarray(y_pred))
    return left.groupby("hr").left.mean().reindex(range(24)).to_list()
# %% better
from sklearn.tree import DecisionTreeRegressor

trees = {size: DecisionTreeRegressor(min_samples_leaf=size, random_state=1) for size in (2, 10, 20)}
name, better = choose_model(trees, X_train, y_train, len(X_val))
# %% leaves
def leaf_scores(sizes, X, y, X_new, y_new):
    rows = []
    for size in sizes:
        tree = DecisionTreeRegressor(min_samples_leaf=size, random_state=0).fit(X, y)
        rows.append({"train": rmse(y, tree.predict(X)), "new": rmse(y_new, tree.predict(X_new))})
    return pd.DataFrame(rows, index=list(sizes)).to_dict(orient="index")
# %% leaf-sizes
leaf_sizes = (1, 2, 10, 20, 30, 100, 500)
pd.DataFrame(leaf_scores(leaf_sizes, X_fit, y_fit, X_val, y_val)).T.round(1)
# %% choice
def choose_model(candidates, X, y, n_validation):
    error = lambda m: rmse(y.tail(n_validation), clone(m).fit(X.iloc[:-n_validation], y.iloc[:-n_validation]).predict(X.tail(n_validation)))
    name = min(candidates, key=lambda name: error(candidates[name]))
    return name, clone(candidates[name]).fit(X, y)
