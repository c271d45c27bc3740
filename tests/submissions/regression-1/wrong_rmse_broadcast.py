# A column against a row: the difference is an n by n table.
# loses: rmse-test
# %% rmse
def rmse(y_true, y_pred):
    return float(np.sqrt(np.mean((np.asarray(y_true) - np.asarray(y_pred)) ** 2)))
