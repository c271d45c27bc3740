# Puts every model into training mode at the end.
# loses: evaluate-test
# %% evaluate
def evaluate(model, loader, loss):
    model.eval()
    total, n_right, n_rows = 0.0, 0, 0
    with torch.no_grad():
        for X, y in loader:
            scores = model(X)
            total += loss(scores, y).item() * len(y)
            n_right += (scores.argmax(dim=1) == y).sum().item()
            n_rows += len(y)
    model.train()
    return total / n_rows, n_right / n_rows
