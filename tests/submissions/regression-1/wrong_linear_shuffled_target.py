# The target is shuffled against its rows.
# loses: linear-test
# %% linear
linear = LinearRegression().fit(X_train, y_train.sample(frac=1, random_state=0).to_numpy())
