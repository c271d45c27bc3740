# Fits to the notebook's training rows, whatever it is given.
# loses: model-test
# %% model
def fit_model(X, y):
    return HistGradientBoostingRegressor(max_iter=40, learning_rate=0.3, random_state=0).fit(X_train, y_train)
