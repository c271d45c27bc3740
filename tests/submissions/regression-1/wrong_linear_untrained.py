# The model is made and never fitted.
# loses: linear-test, better-test
# %% linear
linear = LinearRegression()
# %% better
from sklearn.ensemble import HistGradientBoostingRegressor

better = HistGradientBoostingRegressor(random_state=0)
