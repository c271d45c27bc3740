# Counts from the first day on, days without a row included.
# loses: split-test
# %% split
def split_by_days(table, n_train, n_val):
    table = table.sort_values("Date")
    time = pd.to_datetime(table["Date"])
    number = (time.dt.normalize() - time.min().normalize()).dt.days
    return table[number < n_train], table[(number >= n_train) & (number < n_train + n_val)], table[number >= n_train + n_val]
