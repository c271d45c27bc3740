# One-liners, float32, pandas; orthogonal weights from a singular value decomposition.
# loses: nothing
# %% rules
fans = lambda shape: tuple(int(np.prod([*shape[:-2], n])) for n in shape[-2:])
variance = lambda rule, n_in, n_out: 2.0 / {"lecun": 2 * n_in, "glorot": n_in + n_out, "he": n_in}[rule]

# %% draw
def draw(var, kind, shape, rng):
    Z = rng.standard_normal(shape, dtype="float32") if kind == "normal" else np.sqrt(12) * (rng.random(shape, dtype="float32") - 0.5)
    return np.float32(np.sqrt(var)) * Z

# %% orthogonal
def orthogonal(shape, gain, rng):
    U, _, Vt = np.linalg.svd(rng.normal(size=shape), full_matrices=False)
    return (gain * U @ Vt).astype("float32")

# %% forward
def forward_spreads(X, weights, activation):
    return [(X := activation(X @ W)).std(ddof=1) for W in weights]

# %% backward
def backward_spreads(X, weights, D):
    H = [X]
    for W in weights:
        H.append(np.maximum(H[-1] @ W, 0))
    D, found = D * (H[-1] > 0), []
    for k in range(len(weights))[::-1]:
        found.insert(0, D.std(ddof=1))
        D = D @ weights[k].T * (H[k] > 0)
    return pd.Series(found).to_numpy()

# %% critical
def critical(a, b):
    Z = np.random.default_rng(1).normal(size=100_000)
    return 1 / np.mean(np.square(np.where(Z > 0, a, b) * Z))

# %% symmetry
def n_different(W):
    return int((np.tril(np.abs(W[:, :, None] - W[:, None]).max(axis=0) <= 1e-6).sum(axis=1) == 1).sum())


kinds = pd.Series({name: n_different(train_one_hidden(*pair)) for name, pair in ONE_HIDDEN.items()}).to_dict()

# %% standardise
def standardise(train, rows):
    train, rows = pd.DataFrame(train), pd.DataFrame(rows) if rows.ndim > 1 else pd.Series(rows)
    spread = train.std().where(train.nunique() > 1, 1)
    scaled = (rows - (train.mean() if rows.ndim > 1 else train[0].mean())) / (spread if rows.ndim > 1 else spread[0])
    return scaled.to_numpy()

# %% build
def build(n_inputs, n_units, depth, initializer, seed):
    keras.utils.set_random_seed(seed)
    units, how = [n_units] * depth + [1], [(initializer, "relu")] * depth + [("lecun_normal", None)]
    return keras.Sequential([keras.Input((n_inputs,)), *[keras.layers.Dense(n, act, kernel_initializer=init) for n, (init, act) in zip(units, how)]])

# %% compare
def compare(train, names, seeds, X_fit, y_fit, X_new, y_new):
    nets = [[train(name, seed, X_fit, y_fit) for seed in seeds] for name in names]
    return np.float32([[[loss(net, *rows) for rows in ((X_fit, y_fit), (X_new, y_new))] for net in row] for row in nets])


table = pd.DataFrame(compare(trained, STARTS, SEEDS, X_train, y_train, X_val, y_val).mean(axis=1), index=STARTS, columns=["training", "validation"])
best_start = table["validation"].idxmin()

# %% baselines
to_bikes = lambda mse, counts: mse**0.5 * pd.Series(counts).std()


def baselines(X_fit, counts_fit, X_new, counts_new):
    predictions = counts_fit.mean(), np.c_[np.ones(len(X_new)), X_new] @ np.linalg.pinv(np.c_[np.ones(len(X_fit)), X_fit]) @ counts_fit
    return {name: np.float32(np.sqrt(np.square(y_pred - counts_new).mean())) for name, y_pred in zip(("mean", "linear"), predictions)}
