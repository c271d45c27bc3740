# A ReLU behind the last layer, too.
# loses: forward-test
# %% numpy
def to_numpy(model):
    return [part.detach().numpy().T for part in model.parameters()]


def forward(params, X):
    for W, b in zip(params[::2], params[1::2]):
        X = np.maximum(X @ W + b, 0)
    return X
