# Solves every task as the source does.
# loses: nothing
# %% split
def split_by_days(table, n_train, n_val):
    """Three tables (train, val, test) of whole days, each in order of time."""
    table = table.sort_values("Date", ignore_index=True)
    day = table["Date"].str[:10]
    number = day.map({name: place for place, name in enumerate(sorted(day.unique()))})
    return table[number < n_train], table[(number >= n_train) & (number < n_train + n_val)], table[number >= n_train + n_val]

# %% net
def make_net(X, width, lr):
    """A new, compiled network for rows like those of X, shape (n, n_features)."""
    scaler = keras.layers.Normalization()
    scaler.adapt(X)
    net = keras.Sequential([
        keras.Input((X.shape[1],)),
        scaler,
        keras.layers.Dense(width, activation="relu", name="hidden"),
        keras.layers.Dense(1, activation="sigmoid", name="occupied"),
    ])
    net.compile(optimizer=keras.optimizers.Adam(lr), loss="binary_crossentropy", metrics=["accuracy"])
    return net

# %% count
def count_parameters(n_features, widths):
    """The number of trainable parameters, and of the numbers in the Normalization layer."""
    sizes = [n_features, *widths, 1]
    trainable = sum((n_in + 1) * n_out for n_in, n_out in zip(sizes[:-1], sizes[1:]))
    return trainable, 2 * n_features + 1

# %% losses
objectives = {
    "room": "binary_crossentropy",
    "score": keras.losses.BinaryCrossentropy(from_logits=True),
    "floor": "sparse_categorical_crossentropy",
    "one-hot": "categorical_crossentropy",
}

# %% training
net = make_net(X_train, 64, 0.01)
stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=3, restore_best_weights=True)
history = net.fit(X_train, y_train, validation_data=(X_val, y_val), batch_size=128, epochs=40, callbacks=[stop], verbose=0)
pd.DataFrame(history.history).round(3)

# %% stop
def early_stop(val_losses, patience):
    """The best epoch and the last one, both counted from 1."""
    best = 1
    for epoch, loss in enumerate(val_losses, start=1):
        if loss < val_losses[best - 1]:
            best = epoch
        if epoch - best >= patience:
            return best, epoch
    return best, len(val_losses)

# %% threshold
def best_threshold(y, p, thresholds, cost_missed, cost_false):
    """The threshold with the lowest total cost; the lowest one, if there are several."""
    y, p = np.asarray(y), np.asarray(p)
    costs = {t: cost_missed * np.sum((y == 1) & (p < t)) + cost_false * np.sum((y == 0) & (p >= t)) for t in sorted(thresholds)}
    return min(costs, key=costs.get)


threshold = best_threshold(y_val, p_val, candidates, 5, 1)
print(threshold)

# %% compare
def compare(train_net, rates, X_fit, y_fit, X_new, y_new):
    """A table with the columns lr, training and validation (cross-entropy), one row a learning rate."""
    rows = []
    for lr in rates:
        predict = train_net(X_fit, y_fit, lr)
        rows.append({"lr": lr, "training": cross_entropy(y_fit, predict(X_fit)), "validation": cross_entropy(y_new, predict(X_new))})
    return pd.DataFrame(rows)


scores = compare(train_net, rates, X_train, y_train, X_val, y_val)
print(scores.round(3))
best_lr = float(scores["lr"][scores["validation"].idxmin()])

# %% report
def block_interval(values, block):
    """The mean of the block means, and the ends of its interval: three numbers."""
    values = np.asarray(values, dtype=float)
    k = len(values) // block
    means = values[: k * block].reshape(k, block).mean(axis=1)
    half = 1.96 * means.std(ddof=1) / np.sqrt(k)
    return means.mean(), means.mean() - half, means.mean() + half


net_is_right = ((p_test >= 0.5) == y_test).astype(float)
baselines = {"majority": y_test == int(y_train.mean() > 0.5), "logistic regression": (p_logistic >= 0.5) == y_test}
gains = {name: block_interval(net_is_right - right, 15) for name, right in baselines.items()}
verdicts = {name: "better" if low > 0 else "worse" if high < 0 else "undecided" for name, (_, low, high) in gains.items()}
print(gains, verdicts)
