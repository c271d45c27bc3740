# Divides by zero where a model never predicts 1.
# loses: metrics-test
# %% metrics
def precision_recall_f1(tn, fp, fn, tp):
    precision, recall = tp / (tp + fp), tp / (tp + fn)
    return precision, recall, 2 * precision * recall / (precision + recall)
