# The window ends at the hour itself, as pandas does by default.
# loses: rolling-test, history-leakage-test
# %% rolling
def rolling_mean(table, hours):
    time = timestamps(table)
    counts = pd.Series(table["cnt"].to_numpy(dtype=float), index=time).sort_index()
    return counts.rolling(f"{hours}h").mean().reindex(time).to_numpy()
