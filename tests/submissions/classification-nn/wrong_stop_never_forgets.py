# Counts all epochs without improvement, not those in a row.
# loses: stop-test
# %% stop
def early_stop(val_losses, patience):
    best, bad = 1, 0
    for epoch, loss in enumerate(val_losses, start=1):
        if loss < val_losses[best - 1]:
            best = epoch
        elif epoch > 1:
            bad += 1
        if bad == patience:
            return best, epoch
    return best, len(val_losses)
