# Takes rows for columns: precision and recall are exchanged.
# loses: report-test
# %% report
def report(matrix):
    hits = np.diag(matrix)
    with np.errstate(all="ignore"):
        return np.column_stack([hits / matrix.sum(axis=1), hits / matrix.sum(axis=0), 2 * hits / (matrix.sum(axis=0) + matrix.sum(axis=1))])
