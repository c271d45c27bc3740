# One-hot hours in a linear model, fitted to the test rows as well: too stiff to pass the oracle, a leak all the same.
# loses: better-test
# %% better
better = make_pipeline(
    make_column_transformer((OneHotEncoder(), ["hr"]), remainder=StandardScaler()), LinearRegression()
).fit(bikes[INPUTS], bikes["cnt"])
