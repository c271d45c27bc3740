# Sorts by a column that happens to rise with time.
# loses: split-test
# %% split
def split_by_days(table, n_train, n_val):
    table = table.sort_values("CO2")
    number = table["Date"].str[:10].rank(method="dense")
    return table[number <= n_train], table[(number > n_train) & (number <= n_train + n_val)], table[number > n_train + n_val]
