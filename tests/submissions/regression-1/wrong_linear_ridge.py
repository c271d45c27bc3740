# Takes a strongly shrunk ridge regression for least squares.
# loses: linear-test
# %% linear
from sklearn.linear_model import Ridge

linear = make_pipeline(StandardScaler(), Ridge(alpha=1000)).fit(X_train, y_train)
