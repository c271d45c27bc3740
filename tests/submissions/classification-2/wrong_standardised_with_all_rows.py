# Leakage: takes mean and spread of training and test rows together.
# loses: standardise-test
# %% standardise
def standardise(X_train, X_test):
    both = np.vstack([X_train, X_test])
    mean, spread = both.mean(axis=0), both.std(axis=0)
    spread[spread == 0] = 1
    return (X_train - mean) / spread, (X_test - mean) / spread
