# Calls the library instead of counting by hand.
# loses: confusion-test
# %% confusion
from sklearn.metrics import confusion_matrix

def confusion(y_true, y_pred, n_classes):
    return confusion_matrix(y_true, y_pred, labels=np.arange(n_classes))
