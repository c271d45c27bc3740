# Solves every task as the source does.
# loses: nothing
# %% inputs
def waves(values, period, n):
    """Sines, then cosines, of the angle and its multiples up to n: shape (n_samples, 2 * n)."""
    angles = 2 * np.pi * np.outer(values, np.arange(1, n + 1)) / period
    return np.hstack([np.sin(angles), np.cos(angles)])

def one_hot(values, categories):
    """One column for each category, in the order of the list: shape (n_samples, n_categories)."""
    return (np.asarray(values)[:, None] == np.asarray(categories)).astype(float)

# %% target
def scale_target(y_fit, y):
    """Counts in standard units of the fitted rows, shape (n,)."""
    return (y - np.mean(y_fit)) / np.std(y_fit)

def to_counts(z, y_fit):
    """Bikes an hour, never below 0, from standard units of the fitted rows: shape (n,)."""
    return np.maximum(np.ravel(z) * np.std(y_fit) + np.mean(y_fit), 0)

# %% output
def least_loss(activation, z):
    """The lowest mean squared error on the targets z that this last activation allows."""
    low, high = {"linear": (-np.inf, np.inf), "relu": (0, np.inf), "sigmoid": (0, 1), "tanh": (-1, 1)}[activation]
    return float(np.mean((z - np.clip(z, low, high)) ** 2))

# %% net
def make_net(n_features, widths, lr):
    """A new, compiled network that puts out one number for each row of n_features numbers."""
    made = keras.Sequential([keras.Input((n_features,))])
    for width in widths:
        made.add(keras.layers.Dense(width, activation="relu"))
    made.add(keras.layers.Dense(1))
    made.compile(optimizer=keras.optimizers.Adam(lr), loss="mean_squared_error")
    return made

# %% units
def in_bikes(weights, mean, spread):
    """Weights with which the same network puts out spread times what it did, plus mean."""
    *before, W, b = weights
    return [*before, W * spread, b * spread + mean]

# %% training
keras.utils.set_random_seed(1)
net = make_net(X_train.shape[1], [32], 0.03)
stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=3, restore_best_weights=True)
history = net.fit(X_train, z_train, validation_data=(X_val, z_val), batch_size=64, validation_batch_size=2000, epochs=10, callbacks=[stop], verbose=0)
print(len(history.history["loss"]), rmse(y_val, net.predict(X_val, verbose=0)[:, 0] * y_spread + y_mean))

# %% compare
def compare(train_net, proposals, seeds, y_fit, y_new):
    """{name: {"training": ..., "validation": ..., "spread": ...}}, in bikes an hour."""
    found = {}
    for name, (X_fit, X_new) in proposals.items():
        pairs = []
        for seed in seeds:
            predict = train_net(X_fit, y_fit, seed)
            pairs.append((rmse(y_fit, predict(X_fit)), rmse(y_new, predict(X_new))))
        on_fit, on_new = np.array(pairs).T
        found[name] = {"training": on_fit.mean(), "validation": on_new.mean(), "spread": on_new.std(ddof=1)}
    return found

scores = compare(train_net, proposals, SEEDS, y_train, y_val)
print(pd.DataFrame(scores).T.round(1))
best_inputs = min(scores, key=lambda name: scores[name]["validation"])

# %% band
def band(y_old, p_old, p_new, level, kind):
    """Lower and upper ends of the ranges of the new hours, each of shape (n_new,)."""
    misses = np.abs(y_old - p_old)
    half = np.full(len(p_new), np.quantile(misses, level)) if kind == "same" else np.quantile(misses / p_old, level) * p_new
    return np.maximum(p_new - half, 0), p_new + half

covered = {}
for kind in ("same", "share"):
    low, high = band(y_val, p_val, p_val, 0.9, kind)
    inside = (low <= y_val) & (y_val <= high)
    covered[kind] = inside[p_val > 400].mean()
    print(kind, inside.mean().round(3), covered[kind].round(3), (high - low).mean().round(0))
best_kind = "share"

# %% report
def report(y, P, rungs):
    """RMSE of each rung, of one network (mean and spread over seeds), and of all together."""
    each = [rmse(y, p) for p in P]
    together = {"one net": np.mean(each), "spread": np.std(each, ddof=1), "together": rmse(y, np.mean(P, axis=0))}
    return {name: rmse(y, p) for name, p in rungs.items()} | together

found = report(y_test, P_test, rungs)
print(pd.Series(found).round(1))
n_better = sum(rmse(y_test, p) < found["boosting"] for p in P_test)
