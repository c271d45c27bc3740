# Leaves a bracket open.
# loses: min-max-test
# %% min-max
def min_max(X_train, X_test):
    low, width = X_train.min(axis=0), np.ptp(X_train, axis=0
    return (X_train - low) / width, (X_test - low) / width
