# A window around the hour: half of it lies in the future.
# loses: rolling-test, history-leakage-test
# %% rolling
def rolling_mean(table, hours):
    time = timestamps(table)
    counts = pd.Series(table["cnt"].to_numpy(dtype=float), index=time).sort_index()
    return counts.rolling(hours, center=True, min_periods=1).mean().reindex(time).to_numpy()
