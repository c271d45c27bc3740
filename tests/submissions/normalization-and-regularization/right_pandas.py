# Data frames where they fit, float32, reshapes to two axes; a Keras network with layers added one by one, RMSprop, momentum 0.5.
# loses: nothing
# %% batch
def batch_norm(Z, gamma, beta, store, momentum, training):
    rows = pd.DataFrame(Z.reshape(-1, Z.shape[-1]))
    if training:
        mean, variance = rows.mean(), rows.var(ddof=0)
        kept = pd.Series(store[0]) * momentum + mean * (1 - momentum), pd.Series(store[1]) * momentum + variance * (1 - momentum)
    else:
        mean, variance = pd.Series(store[0]), pd.Series(store[1])
        kept = mean, variance
    result = (rows - mean) / np.sqrt(variance + EPS) * gamma + beta
    return result.to_numpy().reshape(Z.shape), kept

# %% layer
def layer_norm(Z, gamma, beta):
    rows = pd.DataFrame(Z.reshape(-1, Z.shape[-1])).T
    normed = ((rows - rows.mean()) / np.sqrt(rows.var(ddof=0) + EPS)).T
    return (normed * gamma + beta).to_numpy().reshape(Z.shape).astype("float32")

# %% company
def needs_company(layer, Z):
    together = pd.DataFrame(np.asarray(layer(Z.copy())))
    alone = pd.concat([pd.DataFrame(np.asarray(layer(Z[i].reshape(1, -1)))) for i in range(Z.shape[0])], ignore_index=True)
    return ((together - alone).abs() >= 1e-6).any(axis=None)

# %% rms
def rms_norm(Z, gamma):
    frame = pd.DataFrame(Z)
    return frame.div(np.sqrt((frame**2).mean(axis=1) + EPS), axis=0) * gamma


def rms_norm_back(D, Z, gamma):
    Z, D = pd.DataFrame(Z), pd.DataFrame(D)
    r = np.sqrt((Z**2).mean(axis=1) + EPS)
    E = D * gamma
    pull = (E * Z).sum(axis=1) / (Z.shape[1] * r**3)
    return E.div(r, axis=0) - Z.mul(pull, axis=0), (D * Z.div(r, axis=0)).sum()

# %% dropout
def draw_mask(shape, rate, seed):
    rng = np.random.default_rng(seed)
    on = rng.binomial(1, 1 - rate, size=shape).astype("float32")
    return on / np.float32(1 - rate)


def dropout(H, rate, seed, training):
    if training is False:
        return H
    return (H * draw_mask(H.shape, rate, seed)).astype("float32") if rate > 0 else H


def dropout_back(D, rate, seed):
    return (D * draw_mask(D.shape, rate, seed)).astype("float32")

# %% penalty
def penalty(net, lam):
    squares = pd.Series([np.linalg.norm(part.ravel()) ** 2 if part.ndim > 1 else 0.0 for part in net])
    return np.float32(lam / 2 * squares.sum()), [lam * part if part.ndim > 1 else np.zeros_like(part) for part in net]

# %% adam
def adam_step(net, slopes, memory, t, lr, lam, kind):
    _, extra = penalty(net, lam)
    full = [g + e for g, e in zip(slopes, extra)] if kind == "penalty" else slopes
    m = [0.9 * old + 0.1 * g for old, g in zip(memory[0], full)]
    s = [0.999 * old + 0.001 * g**2 for old, g in zip(memory[1], full)]
    moves = [lr * (a / (1 - 0.9**t)) / (np.sqrt(b / (1 - 0.999**t)) + 1e-7) for a, b in zip(m, s)]
    if kind == "decay":
        moves = [move + lr * e for move, e in zip(moves, extra)]
    return [w - move for w, move in zip(net, moves)], [m, s]

# %% build
from keras import layers


def build(n_inputs, n_units, rate, lam, momentum):
    model = keras.Sequential(name="digits")
    model.add(keras.Input(shape=(n_inputs,)))
    model.add(layers.Dense(n_units, use_bias=False, kernel_regularizer=keras.regularizers.L2(lam / 2), kernel_initializer="he_normal"))
    model.add(layers.BatchNormalization(momentum=momentum))
    model.add(layers.Activation("relu"))
    model.add(layers.Dropout(rate, seed=1))
    model.add(layers.Dense(10, activation=keras.activations.softmax, kernel_regularizer=keras.regularizers.L2(lam / 2)))
    model.compile(loss=["sparse_categorical_crossentropy"], optimizer="rmsprop")
    return model

# %% trained
keras.utils.set_random_seed(1)
net = build(64, 96, 0.3, 0.02, 0.5)
net.fit(pd.DataFrame(X_train).to_numpy(dtype="float32"), pd.Series(y_train).to_numpy(), epochs=20, batch_size=100, verbose=0)

# %% refill
def refill(net, X):
    result = []
    H = pd.DataFrame(X)
    for W, gamma, beta, *_ in net[:-1]:
        Z = H @ W
        mean, variance = Z.mean().to_numpy(), Z.var(ddof=0).to_numpy()
        result.append([W, gamma, beta, mean, variance])
        H = ((Z - mean) / np.sqrt(variance + EPS) * gamma + beta).clip(lower=0)
    result.append(net[-1])
    return result


mended = refill(broken, X_train)

# %% compare
def compare(train, split, settings, seeds):
    rows = []
    for name, (rate, decay) in settings.items():
        for seed in seeds:
            X_fit, y_fit, X_new, y_new = split(seed, 150)
            net = train(X_fit, y_fit, rate=rate, decay=decay, seed=seed)
            rows.append({"name": name, "seed": seed, "training": accuracy(net, X_fit, y_fit), "validation": accuracy(net, X_new, y_new)})
    return pd.DataFrame(rows)[["training", "validation"]].to_numpy().reshape(len(settings), len(seeds), 2)


def paired(scores):
    lead = pd.DataFrame(scores) - pd.DataFrame(scores).iloc[0]
    return pd.DataFrame({"mean": lead.mean(axis=1), "spread": lead.std(axis=1), "wins": (lead > 0).sum(axis=1)})


scores = compare(train, split, SETTINGS, SEEDS)
table = pd.DataFrame(scores.mean(axis=1), index=list(SETTINGS), columns=["training", "validation"])
gains = paired(scores[:, :, 1])
best = str(table["validation"].idxmax())
