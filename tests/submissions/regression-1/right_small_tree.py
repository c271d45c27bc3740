# Short answers, one of which lets NumPy warn of an empty mean; a single tree as the cure.
# loses: nothing
# %% leaky
leaky_columns = [name for name in bikes.columns if name in ("casual", "registered")]
# %% features
def features_and_target(table):
    return table[["season", "yr", "mnth", "hr", "holiday", "weekday", "workingday", "weathersit", "temp", "atemp", "hum", "windspeed"]], table.cnt
# %% split
def split_by_time(table, first_test_day):
    return table.query("dteday < @first_test_day"), table.query("dteday >= @first_test_day")
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
    means = train.groupby("hr").cnt.mean().to_dict()
    return [means.get(hour, train.cnt.mean()) for hour in test.hr]
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
    return [np.mean(left.left[left.hr == hour].to_numpy()) for hour in range(24)]
# %% better
from sklearn.tree import DecisionTreeRegressor

better = DecisionTreeRegressor(min_samples_leaf=10, random_state=1).fit(X_train, y_train)
