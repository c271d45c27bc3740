# Takes the last rows instead of the last hours.
# loses: rolling-test
# %% rolling
def rolling_mean(table, hours):
    return table["cnt"].shift(1).rolling(hours, min_periods=1).mean().to_numpy()
