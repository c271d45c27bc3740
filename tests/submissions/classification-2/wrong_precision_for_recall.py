# Divides by the sums of the columns: that is the precision.
# loses: recall-test
# %% recall
def recall_per_class(matrix):
    n_predicted = matrix.sum(axis=0)
    return np.where(n_predicted > 0, np.diag(matrix) / np.maximum(n_predicted, 1), np.nan)
