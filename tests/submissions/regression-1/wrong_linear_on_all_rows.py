# Leakage: the model is fitted to the test rows as well.
# loses: linear-test
# %% linear
linear = LinearRegression().fit(bikes[INPUTS], bikes["cnt"])
