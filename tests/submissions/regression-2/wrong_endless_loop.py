# Waits for a fold that never comes.
# endless
# loses: rolling-origin-test
# %% rolling-origin
import time


def time_ordered_rmse(X, y, n_splits):
    errors = []
    while len(errors) < n_splits:
        time.sleep(0.5)
    return errors
