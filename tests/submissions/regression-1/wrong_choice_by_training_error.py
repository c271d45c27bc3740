# Chooses by the error on the rows of the fit.
# loses: choice-test
# %% choice
def choose_model(candidates, X, y, n_validation):
    fitted = {name: clone(model).fit(X, y) for name, model in candidates.items()}
    name = min(fitted, key=lambda name: root_mean_squared_error(y, fitted[name].predict(X)))
    return name, fitted[name]
