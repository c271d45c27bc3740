# Trusts the order of the rows: the number of rows is right, the rows are not where the table is mixed.
# loses: split-test
# %% split
def split_by_time(table, first_test_day):
    n_train = int((table["dteday"] < first_test_day).sum())
    return table.iloc[:n_train], table.iloc[n_train:]
