# A tree that sees calendar and weather alone.
# loses: model-test
# %% model
from sklearn.tree import DecisionTreeRegressor


def fit_model(X, y):
    columns = ColumnTransformer([("known", "passthrough", INPUTS)])
    return Pipeline([("columns", columns), ("tree", DecisionTreeRegressor(min_samples_leaf=20, random_state=0))]).fit(X, y)
