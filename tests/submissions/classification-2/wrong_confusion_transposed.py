# Exchanges truth and prediction.
# loses: confusion-test
# %% confusion
def confusion(y_true, y_pred, n_classes):
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    for truth, answer in zip(y_true, y_pred):
        matrix[answer, truth] += 1
    return matrix
