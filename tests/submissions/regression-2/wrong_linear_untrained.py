# Returns the pipeline without fitting it.
# loses: linear-test
# %% linear
def fit_linear(X, y):
    columns = ColumnTransformer(
        [("categories", OneHotEncoder(handle_unknown="ignore"), ["hr", "weekday", "season", "weathersit"])],
        remainder=StandardScaler(),
    )
    return Pipeline([("columns", columns), ("regression", LinearRegression())])
