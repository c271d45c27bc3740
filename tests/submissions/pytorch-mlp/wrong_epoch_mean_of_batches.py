# The mean over the batches.
# loses: epoch-test
# %% epoch
def train_epoch(model, loader, loss, optimizer):
    model.train()
    total = 0.0
    for X, y in loader:
        optimizer.zero_grad()
        value = loss(model(X), y)
        value.backward()
        optimizer.step()
        total += value.item()
    return total / len(loader)
