# Calls the library instead of working by hand.
# loses: standardise-test
# %% standardise
def standardise(X_train, X_test):
    scaler = StandardScaler()
    return scaler.fit_transform(X_train), scaler.transform(X_test)
