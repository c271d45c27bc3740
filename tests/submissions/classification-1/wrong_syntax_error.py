# Forgets a colon.
# loses: baseline-test
# %% baseline
def majority_accuracy(y_train, y_new)
    majority = int(np.mean(y_train) > 0.5)
    return np.mean(y_new == majority)
