# Hours, weekdays and the rest stay numbers.
# loses: linear-test
# %% linear
def fit_linear(X, y):
    return Pipeline([("scale", StandardScaler()), ("regression", LinearRegression())]).fit(X, y)
