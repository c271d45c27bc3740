# Divides by n after the root: the usual slip with the norm.
# loses: rmse-test
# %% rmse
def rmse(y_true, y_pred):
    return float(np.sqrt(np.sum((np.ravel(y_true) - np.ravel(y_pred)) ** 2)) / len(np.ravel(y_true)))
