# Waits for a condition that never comes true.
# endless
# loses: split-test
# %% split
import time


def split_by_time(table, first_test_day):
    rows = table.sort_values("dteday")
    while rows["dteday"].iloc[0] < first_test_day:
        time.sleep(0.5)
    return table, rows
