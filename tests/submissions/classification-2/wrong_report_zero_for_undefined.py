# Says 0 where there is nothing to divide by.
# loses: report-test
# %% report
def report(matrix):
    hits, rows, columns = np.diag(matrix), matrix.sum(axis=1), matrix.sum(axis=0)
    return np.column_stack([hits / np.maximum(columns, 1), hits / np.maximum(rows, 1), 2 * hits / np.maximum(rows + columns, 1)])
