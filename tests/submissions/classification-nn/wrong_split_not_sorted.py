# Takes the days as they come in the table, and never sorts.
# loses: split-test
# %% split
def split_by_days(table, n_train, n_val):
    day = table["Date"].str[:10]
    days = list(day.unique())
    first, second = days[:n_train], days[n_train : n_train + n_val]
    return table[day.isin(first)], table[day.isin(second)], table[~day.isin(first + second)]
