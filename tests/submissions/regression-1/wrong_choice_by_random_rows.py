# Chooses on validation rows drawn at random: their neighbours in time are in the fit.
# loses: choice-test
# %% choice
from sklearn.model_selection import train_test_split


def choose_model(candidates, X, y, n_validation):
    X_fit, X_new, y_fit, y_new = train_test_split(X, y, test_size=n_validation, random_state=0)
    errors = {name: root_mean_squared_error(y_new, clone(model).fit(X_fit, y_fit).predict(X_new)) for name, model in candidates.items()}
    name = min(errors, key=errors.get)
    return name, clone(candidates[name]).fit(X, y)
