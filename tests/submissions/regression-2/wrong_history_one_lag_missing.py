# Forgets the week.
# loses: history-test
# %% history
def history(table):
    return table[INPUTS].assign(lag_1=lag(table, 1), lag_24=lag(table, 24), mean_24=rolling_mean(table, 24))
