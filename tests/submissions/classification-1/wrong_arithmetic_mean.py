# Takes the ordinary mean for F1.
# loses: metrics-test
# %% metrics
def precision_recall_f1(tn, fp, fn, tp):
    precision = tp / (tp + fp) if tp + fp else 0.0
    recall = tp / (tp + fn) if tp + fn else 0.0
    return precision, recall, (precision + recall) / 2
