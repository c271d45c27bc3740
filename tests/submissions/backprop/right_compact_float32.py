# einsum, one-liners, and results in float32.
# loses: nothing
# %% forward
dense_forward = lambda X, W, b: np.einsum("ij,jk->ik", X, W).astype(np.float32) + np.float32(b)

# %% backward
def dense_backward(D, X, W):
    return tuple(np.einsum(how, *arrays).astype(np.float32) for how, arrays in [("ij,ik->jk", (X, D)), ("ik->k", (D,)), ("ik,jk->ij", (D, W))])

# %% relu
relu = lambda Z: Z.clip(min=0).astype("float32")
relu_backward = lambda D, Z: np.where(Z > 0, D, 0).astype("float32")

# %% loss
def mean_loss(Z, y):
    Z = Z.astype(float)
    return np.float32((np.logaddexp.reduce(Z, axis=1) - Z[np.arange(len(y)), y]).mean())

# %% slopes
def loss_slopes(Z, y):
    Z = Z.astype(float)
    P = np.exp(Z - np.logaddexp.reduce(Z, axis=1)[:, None])
    return ((P - (np.arange(Z.shape[1]) == y[:, None])) / len(y)).astype(np.float32)

# %% check
def gap(loss, W, claimed):
    W = np.asarray(W, float)
    steps = 1e-5 * np.eye(W.size).reshape(W.size, *W.shape)
    m = np.reshape([loss(W + step) - loss(W - step) for step in steps], W.shape) / 2e-5
    total = np.sqrt(np.square(claimed).sum()) + np.sqrt(np.square(m).sum())
    return np.sqrt(np.square(claimed - m).sum()) / total if total else 0.0


faulty = {name for name, claimed in claims(W_tanh).items() if gap(tanh_loss, W_tanh, claimed) > 1e-6}

# %% net
def loss_and_gradients(params, X, y):
    W1, b1, W2, b2 = params
    Z = X @ W1 + b1
    H = np.maximum(Z, 0)
    S = H @ W2 + b2
    log_P = S - np.logaddexp.reduce(S, axis=1)[:, None]
    D = (np.exp(log_P) - np.eye(len(b2))[y]) / len(y)
    D_Z = D @ W2.T * (H > 0)
    return -log_P[range(len(y)), y].mean(), [np.float32(part) for part in (X.T @ D_Z, D_Z.sum(0), H.T @ D, D.sum(0))]

# %% step
sgd_step = lambda params, gradients, lr: [np.float32(part - lr * slope) for part, slope in zip(params, gradients)]

# %% batches
def batches(n_samples, n_batch, n_epochs, rng):
    orders = rng.permuted(np.tile(np.arange(n_samples), (n_epochs, 1)), axis=1)
    return [order[start : start + n_batch] for order in orders for start in range(0, n_samples, n_batch)]

# %% train
def train(gradients_of, params, X, y, lr, steps):
    params = [np.array(part, dtype="float64") for part in params]
    for rows in steps:
        for part, slope in zip(params, gradients_of(params, X[rows], y[rows])[1]):
            part -= lr * slope
    return params

# %% compare
def compare(train_net, lrs, X_fit, y_fit, X_new, y_new):
    nets = [train_net(start_weights(), X_fit, y_fit, lr) for lr in lrs]
    return np.array([[accuracy(net, X_fit, y_fit), accuracy(net, X_new, y_new)] for net in nets], dtype=np.float32)


table = compare(own_train, [0.005, 0.05, 0.5], X_train, y_train, X_val, y_val).tolist()
best_lr = (0.005, 0.05, 0.5)[np.argmax(table, axis=0)[1]]
