# Divides a constant feature by zero: nan in every row.
# loses: standardise-test
# %% standardise
def standardise(X_train, X_test):
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0)
    return (X_train - mean) / spread, (X_test - mean) / spread
