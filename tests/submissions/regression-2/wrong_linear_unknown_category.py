# The encoder keeps its default: it fails on heavy rain.
# loses: linear-test
# %% linear
def fit_linear(X, y):
    columns = ColumnTransformer(
        [("categories", OneHotEncoder(), ["hr", "weekday", "season", "weathersit"])], remainder=StandardScaler()
    )
    return Pipeline([("columns", columns), ("regression", LinearRegression())]).fit(X, y)
