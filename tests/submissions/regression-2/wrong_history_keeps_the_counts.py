# Adds the new columns to the whole table: the counts of the hour are among the inputs.
# loses: history-test, history-leakage-test
# %% history
def history(table):
    lags = {f"lag_{hours}": lag(table, hours) for hours in (1, 24, 168)}
    return table.assign(**lags, mean_24=rolling_mean(table, 24))
