# Never says train(): after an evaluation the dropout would stay off.
# loses: epoch-test
# %% epoch
def train_epoch(model, loader, loss, optimizer):
    total, n_rows = 0.0, 0
    for X, y in loader:
        optimizer.zero_grad()
        value = loss(model(X), y)
        value.backward()
        optimizer.step()
        total += value.item() * len(y)
        n_rows += len(y)
    return total / n_rows
