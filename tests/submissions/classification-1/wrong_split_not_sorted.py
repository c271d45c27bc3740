# Trusts the order of the table: fine here, wrong for a table whose rows are not in order.
# loses: split-by-time-test
# %% split-by-time
def split_by_time(table, validation_from, test_from):
    day = table["Date"].str[:10]
    return table[day < validation_from], table[(day >= validation_from) & (day < test_from)], table[day >= test_from]
