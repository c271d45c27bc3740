# Off by one: the lag of one hour is the count of the hour itself.
# loses: lag-test, history-leakage-test
# %% lag
def lag(table, hours):
    time = timestamps(table)
    counts = pd.Series(table["cnt"].to_numpy(dtype=float), index=time)
    return counts.reindex(time - np.timedelta64(hours - 1, "h")).to_numpy()
