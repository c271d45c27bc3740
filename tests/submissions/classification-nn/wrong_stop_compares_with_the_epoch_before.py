# An epoch improves if it is better than the one before.
# loses: stop-test
# %% stop
def early_stop(val_losses, patience):
    best, waited = 1, 0
    for epoch in range(2, len(val_losses) + 1):
        if val_losses[epoch - 1] < val_losses[best - 1]:
            best = epoch
        waited = 0 if val_losses[epoch - 1] < val_losses[epoch - 2] else waited + 1
        if waited == patience:
            return best, epoch
    return best, len(val_losses)
