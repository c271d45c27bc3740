# Takes no_grad for all that is needed.
# loses: evaluate-test
# %% evaluate
def evaluate(model, loader, loss):
    total, n_right, n_rows = 0.0, 0, 0
    with torch.no_grad():
        for X, y in loader:
            scores = model(X)
            total += loss(scores, y).item() * len(y)
            n_right += (scores.argmax(dim=1) == y).sum().item()
            n_rows += len(y)
    return total / n_rows, n_right / n_rows
