# Adds with fancy indexing, which counts a pair that occurs several times only once.
# loses: confusion-test
# %% confusion
def confusion(y_true, y_pred, n_classes):
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    matrix[y_true, y_pred] += 1
    return matrix
