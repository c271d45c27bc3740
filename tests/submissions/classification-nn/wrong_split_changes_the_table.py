# Sorts the table that it was given, in place.
# loses: split-test
# %% split
def split_by_days(table, n_train, n_val):
    table.sort_values("Date", inplace=True)
    number = table["Date"].str[:10].rank(method="dense")
    return table[number <= n_train], table[(number > n_train) & (number <= n_train + n_val)], table[number > n_train + n_val]
