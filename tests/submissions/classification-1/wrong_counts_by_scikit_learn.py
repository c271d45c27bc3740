# Lets confusion_matrix count what was to be counted by hand.
# loses: counts-test
# %% counts
from sklearn.metrics import confusion_matrix

def confusion_counts(y_true, y_pred):
    return tuple(confusion_matrix(y_true, y_pred, labels=[0, 1]).ravel())
