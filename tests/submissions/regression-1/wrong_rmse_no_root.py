# Returns the mean squared error.
# loses: rmse-test
# %% rmse
def rmse(y_true, y_pred):
    return float(np.mean((np.ravel(y_true) - np.ravel(y_pred)) ** 2))
