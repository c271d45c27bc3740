# A loop whose end never comes.
# endless
# loses: split-test
# %% split
def split_by_time(table, first_test_day):
    while True:
        pass
