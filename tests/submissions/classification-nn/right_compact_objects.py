# Compact NumPy, and a class where there is something to keep; a callback of the student's own stops the training.
# loses: nothing
# %% split
def split_by_days(table, n_train, n_val):
    table = table.iloc[np.argsort(table["Date"].to_numpy(), kind="stable")]
    _, number = np.unique(table["Date"].str.slice(0, 10).to_numpy(), return_inverse=True)
    edges = np.searchsorted(number, [n_train, n_train + n_val])
    return tuple(table.iloc[a:b] for a, b in zip([0, *edges], [*edges, len(table)]))

# %% net
class NetMaker:
    def __init__(self, X):
        self.X = np.asarray(X, dtype="float32")

    def scaler(self):
        layer = keras.layers.Normalization(name="scaler")
        layer.adapt(self.X)
        return layer

    def make(self, width, lr):
        hidden = keras.layers.Dense(width, activation=keras.activations.relu, name="hidden")
        occupied = keras.layers.Dense(1, activation="sigmoid", name="occupied")
        made = keras.Sequential([keras.Input(batch_shape=(None, self.X.shape[1])), self.scaler(), hidden, occupied], name="office")
        made.compile(optimizer=keras.optimizers.Adam(learning_rate=lr), loss="bce", metrics=["accuracy", keras.metrics.AUC()])
        return made


def make_net(X, width, lr):
    return NetMaker(X).make(width, lr)

# %% count
def count_parameters(n_features, widths):
    n = np.array([n_features, *widths, 1])
    return np.array([(n[:-1] + 1) @ n[1:], 2 * n_features + 1])

# %% losses
import tensorflow as tf

objectives = {
    "room": "binary_crossentropy",
    "score": lambda y, z: tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=z),
    "floor": "sparse_categorical_crossentropy",
    "one-hot": keras.losses.CategoricalCrossentropy,
}

# %% training
class Stop(keras.callbacks.Callback):
    best, best_epoch, weights = np.inf, 0, None

    def on_epoch_end(self, epoch, logs=None):
        if logs["val_loss"] < self.best:
            self.best, self.best_epoch, self.weights = logs["val_loss"], epoch, self.model.get_weights()
        elif epoch - self.best_epoch == 3:
            self.model.stop_training = True

    def on_train_end(self, logs=None):
        self.model.set_weights(self.weights)


net = NetMaker(X_train).make(32, 0.02)
history = net.fit(X_train, y_train[:, None], validation_data=(X_val, y_val[:, None]), batch_size=180, epochs=40, callbacks=[Stop()], verbose=0).history

# %% stop
def early_stop(val_losses, patience):
    v = np.asarray(val_losses, dtype=float)
    best = np.array([v[: i + 1].argmin() for i in range(len(v))])
    over = np.flatnonzero(np.arange(len(v)) - best == patience)
    last = over[0] if over.size else len(v) - 1
    return np.array([best[last] + 1, last + 1])

# %% threshold
def best_threshold(y, p, thresholds, cost_missed, cost_false):
    t = np.sort(np.asarray(thresholds, dtype=float))
    called = np.asarray(p)[:, None] >= t
    occupied = np.asarray(y)[:, None] == 1
    return t[(cost_missed * (occupied & ~called) + cost_false * (~occupied & called)).sum(axis=0).argmin()]


threshold = best_threshold(y_val, p_val, candidates, 5, 1)

# %% compare
def compare(train_net, rates, X_fit, y_fit, X_new, y_new):
    from sklearn.metrics import log_loss

    nets = list(map(lambda lr: train_net(X_fit, y_fit, lr), np.float32(rates)))
    both = np.array([[log_loss(y, f(X)) for X, y in ((X_fit, y_fit), (X_new, y_new))] for f in nets])
    return pd.DataFrame(np.column_stack([rates, both]).astype("float32"), columns=["lr", "training", "validation"])


scores = compare(train_net, rates, X_train, y_train, X_val, y_val)
best_lr = rates[scores["validation"].to_numpy().argmin()]

# %% report
def block_interval(values, block):
    m = np.array(np.split(values[: len(values) // block * block], len(values) // block)).mean(1)
    return m.mean() + np.array([0, -1, 1]) * 1.96 * m.std(ddof=1) / m.size**0.5


truth = y_test == 1
mine = (p_test >= 0.5) == truth
others = {"majority": ~truth, "logistic regression": (p_logistic >= 0.5) == truth}
gains = {name: block_interval(mine.astype(int) - other.astype(int), 15) for name, other in others.items()}
verdicts = {name: "undecided" if low <= 0 <= high else "better" if low > 0 else "worse" for name, (_, low, high) in gains.items()}
