# The scaler is fitted to all rows before the split; the predictions do not tell.
# loses: linear-test
# %% linear
scaler = StandardScaler().fit(bikes[INPUTS])
linear = make_pipeline(scaler, LinearRegression())
linear[-1].fit(scaler.transform(X_train), y_train)
