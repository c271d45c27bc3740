# Weights as PyTorch has them, and a forward pass that turns them: each fits the other, and none fits the task.
# loses: carry-test, forward-test
# %% numpy
def to_numpy(model):
    return [part.detach().numpy() for part in model.parameters()]


def forward(params, X):
    for k in range(0, len(params), 2):
        X = X @ params[k].T + params[k + 1]
        if k + 2 < len(params):
            X = np.maximum(X, 0)
    return X
