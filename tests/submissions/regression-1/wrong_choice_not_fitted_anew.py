# Returns the winner as it came from the validation: the last rows never entered its fit.
# loses: choice-test
# %% choice
def choose_model(candidates, X, y, n_validation):
    X_fit, y_fit = X[:-n_validation], y[:-n_validation]
    fitted = {name: clone(model).fit(X_fit, y_fit) for name, model in candidates.items()}
    errors = {name: root_mean_squared_error(y[-n_validation:], model.predict(X[-n_validation:])) for name, model in fitted.items()}
    name = min(errors, key=errors.get)
    return name, fitted[name]
