# Off by one at the cut: the row at midnight goes to the part before.
# loses: split-by-time-test
# %% split-by-time
def split_by_time(table, validation_from, test_from):
    table = table.sort_values("Date")
    time = pd.to_datetime(table["Date"])
    first, second = pd.Timestamp(validation_from), pd.Timestamp(test_from)
    return table[time <= first], table[(time > first) & (time <= second)], table[time > second]
