# Solves every task as the source does.
# loses: nothing
# %% rules
def fans(shape):
    """Fan-in and fan-out of weights of this shape."""
    pixels = int(np.prod(shape[:-2]))
    return pixels * shape[-2], pixels * shape[-1]


def variance(rule, n_in, n_out):
    """Var(W) by the rule "lecun", "glorot" or "he"."""
    return {"lecun": 1 / n_in, "glorot": 2 / (n_in + n_out), "he": 2 / n_in}[rule]

# %% draw
def draw(var, kind, shape, rng):
    """Random weights of this shape, mean 0 and variance var."""
    if kind == "normal":
        return rng.normal(0, np.sqrt(var), shape)
    limit = np.sqrt(3 * var)
    return rng.uniform(-limit, limit, shape)

# %% orthogonal
def orthogonal(shape, gain, rng):
    """A random matrix of this shape whose shorter side is perpendicular, with vectors of length gain."""
    A = rng.normal(size=(max(shape), min(shape)))
    Q, R = np.linalg.qr(A)
    Q = Q * np.sign(np.diag(R))
    return gain * (Q if shape[0] >= shape[1] else Q.T)

# %% forward
def forward_spreads(X, weights, activation):
    """The standard deviation (ddof=1) of each layer's answers."""
    spreads, H = [], X
    for W in weights:
        H = activation(H @ W)
        spreads.append(H.std(ddof=1))
    return spreads

# %% backward
def backward_spreads(X, weights, D):
    """The standard deviation (ddof=1) of the slopes at each layer's sums z, the first layer first."""
    sums, H = [], X
    for W in weights:
        sums.append(H @ W)
        H = np.maximum(sums[-1], 0)
    spreads = []
    for W, Z in zip(weights[::-1], sums[::-1]):
        D = D * (Z > 0)
        spreads.append(D.std(ddof=1))
        D = D @ W.T
    return spreads[::-1]

# %% critical
def critical(a, b):
    """The c for which weights of variance c / n_in keep the mean square of the answers."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(250, 250))
    Z = X @ rng.normal(0, np.sqrt(1 / 250), (250, 250))
    H = np.where(Z > 0, a * Z, b * Z)
    return float(np.mean(X**2) / np.mean(H**2))

# %% symmetry
def n_different(W):
    """The number of different columns of W."""
    found = []
    for column in np.asarray(W).T:
        if not any(np.all(np.abs(column - other) <= 1e-6) for other in found):
            found.append(column)
    return len(found)


kinds = {name: n_different(train_one_hidden(*start_weights)) for name, start_weights in ONE_HIDDEN.items()}
print(kinds)

# %% standardise
def standardise(train, rows):
    """rows, scaled by the mean and the standard deviation of train, column by column."""
    mean, spread = np.mean(train, axis=0), np.std(train, axis=0, ddof=1)
    constant = np.max(train, axis=0) == np.min(train, axis=0)  # equal numbers can have a spread of 1e-17
    return (rows - mean) / np.where(constant, 1, spread)

# %% build
def build(n_inputs, n_units, depth, initializer, seed):
    """A deep ReLU network for one number."""
    keras.utils.set_random_seed(seed)
    hidden = [keras.layers.Dense(n_units, activation="relu", kernel_initializer=initializer) for _ in range(depth)]
    return keras.Sequential([keras.Input((n_inputs,)), *hidden, keras.layers.Dense(1, kernel_initializer="lecun_normal")])

# %% compare
def compare(train, names, seeds, X_fit, y_fit, X_new, y_new):
    """Loss on the fitted and on the new rows: an array of shape (n_names, n_seeds, 2)."""
    losses = np.zeros((len(names), len(seeds), 2))
    for i, name in enumerate(names):
        for j, seed in enumerate(seeds):
            net = train(name, seed, X_fit, y_fit)
            losses[i, j] = loss(net, X_fit, y_fit), loss(net, X_new, y_new)
    return losses


losses = compare(trained, STARTS, SEEDS, X_train, y_train, X_val, y_val)
table = losses.mean(axis=1)
print(pd.DataFrame(np.hstack([table, losses[:, :, 1].std(axis=1, ddof=1)[:, None]]), index=STARTS, columns=["training", "validation", "spread over seeds"]).round(3))
best_start = STARTS[int(np.argmin(table[:, 1]))]

# %% baselines
def to_bikes(mse, counts):
    """Root of the mean squared error in bikes an hour, from a loss in standardised units."""
    return float(np.sqrt(mse) * np.std(counts, ddof=1))


def baselines(X_fit, counts_fit, X_new, counts_new):
    """{"mean": ..., "linear": ...}: root of the mean squared error on the new rows, in bikes an hour."""
    predictions = {"mean": np.mean(counts_fit), "linear": LinearRegression().fit(X_fit, counts_fit).predict(X_new)}
    return {name: float(np.sqrt(np.mean((counts_new - y_pred) ** 2))) for name, y_pred in predictions.items()}
