# The mean of the signed errors: misses cancel.
# loses: rmse-test
# %% mae
def mae(y_true, y_pred):
    return float(abs(np.mean(np.ravel(y_true) - np.ravel(y_pred))))
