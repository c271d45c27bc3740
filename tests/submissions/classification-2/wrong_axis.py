# Takes one mean and one spread for the whole table instead of one for each column.
# loses: standardise-test
# %% standardise
def standardise(X_train, X_test):
    mean, spread = X_train.mean(), X_train.std()
    return (X_train - mean) / spread, (X_test - mean) / spread
