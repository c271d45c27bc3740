# Gives the metrics the prediction first and the truth second.
# loses: evaluation-test
# %% evaluation
from sklearn.metrics import accuracy_score, precision_score, recall_score

def evaluation_table(y_true, predictions):
    return pd.DataFrame({
        "model": list(predictions),
        "accuracy": [accuracy_score(y, y_true) for y in predictions.values()],
        "precision": [precision_score(y, y_true, zero_division=0) for y in predictions.values()],
        "recall": [recall_score(y, y_true, zero_division=0) for y in predictions.values()],
        "F1": [f1_score(y, y_true, zero_division=0) for y in predictions.values()],
    })
