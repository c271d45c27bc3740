# Off by one day: the first test day is trained on.
# loses: split-test
# %% split
def split_by_time(table, first_test_day):
    return table[table["dteday"] <= first_test_day], table[table["dteday"] > first_test_day]
