# Leakage: boosting is fitted to all rows, and beats the oracle on the test rows.
# loses: better-test
# %% better
from sklearn.ensemble import HistGradientBoostingRegressor

better = HistGradientBoostingRegressor(random_state=0).fit(bikes[INPUTS], bikes["cnt"])
