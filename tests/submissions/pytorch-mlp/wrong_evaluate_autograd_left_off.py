# Switches autograd off for good.
# loses: evaluate-test
# %% evaluate
def evaluate(model, loader, loss):
    was = model.training
    model.eval()
    torch.set_grad_enabled(False)
    total, right, n = 0.0, 0, 0
    for X, y in loader:
        scores = model(X)
        total += loss(scores, y).item() * len(y)
        right += (scores.argmax(1) == y).sum().item()
        n += len(y)
    model.train(was)
    return total / n, right / n
