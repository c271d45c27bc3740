# An improvement of less than 0.0001 does not count.
# loses: stop-test
# %% stop
def early_stop(val_losses, patience):
    best = 1
    for epoch, loss in enumerate(val_losses, start=1):
        if loss < val_losses[best - 1] - 1e-4:
            best = epoch
        if epoch - best >= patience:
            return best, epoch
    return best, len(val_losses)
