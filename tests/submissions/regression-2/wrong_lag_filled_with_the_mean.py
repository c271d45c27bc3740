# Fills unknown lags with the mean of the whole table, later rows included.
# loses: lag-test, history-leakage-test
# %% lag
def lag(table, hours):
    time = timestamps(table)
    counts = pd.Series(table["cnt"].to_numpy(dtype=float), index=time)
    return counts.reindex(time - np.timedelta64(hours, "h")).fillna(counts.mean()).to_numpy()
