# Moves the fold on, and never reaches the end.
# endless
# loses: rolling-origin-test
# %% rolling-origin
def time_ordered_rmse(X, y, n_splits):
    while True:
        pass
