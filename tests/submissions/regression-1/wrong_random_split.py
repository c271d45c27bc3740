# Shuffles the rows before the split.
# loses: split-test
# %% split
from sklearn.model_selection import train_test_split


def split_by_time(table, first_test_day):
    n_test = int((table["dteday"] >= first_test_day).sum())
    return train_test_split(table, test_size=n_test, random_state=0)
