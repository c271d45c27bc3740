# Takes the ordinary mean of precision and recall for F1.
# loses: report-test
# %% report
def report(matrix):
    hits = np.diag(matrix)
    with np.errstate(all="ignore"):
        precision, recall = hits / matrix.sum(axis=0), hits / matrix.sum(axis=1)
    return np.column_stack([precision, recall, (precision + recall) / 2])
