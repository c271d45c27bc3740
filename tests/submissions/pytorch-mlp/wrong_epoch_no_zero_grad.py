# Four of the five lines.
# loses: epoch-test
# %% epoch
def train_epoch(model, loader, loss, optimizer):
    model.train()
    total, n_rows = 0.0, 0
    for X, y in loader:
        value = loss(model(X), y)
        value.backward()
        optimizer.step()
        total += value.item() * len(y)
        n_rows += len(y)
    return total / n_rows
