# The best epoch of all, those after the end included.
# loses: stop-test
# %% stop
def early_stop(val_losses, patience):
    best = int(np.argmin(val_losses)) + 1
    return best, min(best + patience, len(val_losses))
