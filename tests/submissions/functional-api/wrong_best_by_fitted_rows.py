# Decides by the miss on the fitted rows.
# loses: best-test
# %% choose
def choose(table, weights):
    return weights[int(table[:, 1].argmin())]
