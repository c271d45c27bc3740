# The linear model of task 5 again.
# loses: model-test
# %% model
def fit_model(X, y):
    return fit_linear(X, y)
