# Shifts by rows: wrong after each missing hour.
# loses: lag-test
# %% lag
def lag(table, hours):
    return table["cnt"].shift(hours).to_numpy(dtype=float)
