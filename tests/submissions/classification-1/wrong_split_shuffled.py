# Shuffles the rows: near twins of the test rows are in training.
# loses: split-by-time-test
# %% split-by-time
from sklearn.model_selection import train_test_split

def split_by_time(table, validation_from, test_from):
    train, rest = train_test_split(table, test_size=0.5, random_state=0)
    validation, test = train_test_split(rest, test_size=0.5, random_state=0)
    return train, validation, test
