# The sign of the shift is turned: the count of the coming hours.
# loses: lag-test, history-leakage-test
# %% lag
def lag(table, hours):
    time = timestamps(table)
    counts = pd.Series(table["cnt"].to_numpy(dtype=float), index=time)
    return counts.reindex(time + np.timedelta64(hours, "h")).to_numpy()
