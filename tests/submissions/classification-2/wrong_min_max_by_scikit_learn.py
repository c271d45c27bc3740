# Calls the library instead of working by hand.
# loses: min-max-test
# %% min-max
def min_max(X_train, X_test):
    scaler = MinMaxScaler().fit(X_train)
    return tuple(scaler.transform(X) for X in (X_train, X_test))
