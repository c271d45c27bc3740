# pandas where it helps; the functional API, and a Normalization layer that is told its mean and variance.
# loses: nothing
# %% split
def split_by_days(table, n_train, n_val):
    time = pd.to_datetime(table["Date"])
    number = time.dt.normalize().rank(method="dense").astype(int)
    parts = pd.cut(number, [0, n_train, n_train + n_val, np.inf], labels=["train", "val", "test"])
    order = time.sort_values(kind="stable").index
    table, parts = table.loc[order], parts.loc[order]
    return [table[parts == name] for name in ("train", "val", "test")]

# %% net
def make_net(X, width, lr):
    frame = pd.DataFrame(np.asarray(X, dtype=float))
    inputs = keras.Input(shape=(frame.shape[1],), name="sensors")
    h = keras.layers.Normalization(mean=frame.mean().to_numpy(), variance=frame.var(ddof=0).to_numpy())(inputs)
    h = keras.layers.Dense(width, "relu", name="hidden")(h)
    outputs = keras.layers.Dense(1, "sigmoid", name="occupied")(h)
    made = keras.Model(inputs, outputs)
    made.compile(keras.optimizers.Adam(learning_rate=lr), {"occupied": keras.losses.BinaryCrossentropy()})
    return made

# %% count
def count_parameters(n_features, widths):
    n_in = pd.Series([n_features, *widths])
    n_out = pd.Series([*widths, 1])
    return int((n_in * n_out + n_out).sum()), n_features + n_features + 1

# %% losses
objectives = dict(
    room=keras.losses.BinaryCrossentropy(),
    score=keras.losses.BinaryCrossentropy(from_logits=True),
    floor=keras.losses.SparseCategoricalCrossentropy(),
)
objectives["one-hot"] = keras.losses.CategoricalCrossentropy()

# %% training
net = make_net(X_train, 48, 0.02)
early = keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True)
history = net.fit(X_train, y_train.astype("float32"), batch_size=240, epochs=30, validation_data=(X_val, y_val), callbacks=[early], class_weight={0: 1.0, 1: 1.5}, verbose=0)

# %% stop
def early_stop(val_losses, patience):
    losses = pd.Series(val_losses, index=range(1, len(val_losses) + 1))
    improves = losses < losses.cummin().shift(fill_value=np.inf)
    best = improves.index.to_series().where(improves).ffill().astype(int)
    stops = best.index[best.index - best >= patience]
    last = stops[0] if len(stops) else len(losses)
    return int(best[last]), int(last)

# %% threshold
def best_threshold(y, p, thresholds, cost_missed, cost_false):
    rows = pd.DataFrame({"y": y, "p": p})
    costs = pd.Series({np.float32(t): (rows.y.eq(1) & rows.p.lt(t)).sum() * cost_missed + (rows.y.eq(0) & rows.p.ge(t)).sum() * cost_false for t in thresholds})
    return costs.sort_index().idxmin()


threshold = best_threshold(y_val, p_val, candidates, cost_missed=5, cost_false=1)

# %% compare
def compare(train_net, rates, X_fit, y_fit, X_new, y_new):
    made = pd.DataFrame({"lr": rates})
    made["predict"] = [train_net(X_fit, y_fit, lr) for lr in rates]
    loss = keras.losses.BinaryCrossentropy()
    made["validation"] = [float(loss(y_new[:, None], f(X_new)[:, None])) for f in made["predict"]]
    made["training"] = [float(loss(y_fit[:, None], f(X_fit)[:, None])) for f in made["predict"]]
    return made.drop(columns="predict")


scores = compare(train_net, rates, X_train, y_train, X_val, y_val)
best_lr = scores.set_index("lr")["validation"].idxmin()

# %% report
def block_interval(values, block):
    values = pd.Series(np.asarray(values, dtype=float))
    means = values.groupby(np.arange(len(values)) // block).agg(["mean", "size"]).query("size == @block")["mean"]
    half = 1.96 * means.sem()
    return [means.mean(), means.mean() - half, means.mean() + half]


is_right = pd.DataFrame({
    "net": p_test >= 0.5,
    "logistic regression": p_logistic >= 0.5,
    "majority": np.full(len(y_test), pd.Series(y_train).mode()[0] == 1),
}).eq(y_test == 1, axis=0).astype(float)
gains = {name: block_interval(is_right["net"] - is_right[name], 15) for name in ("majority", "logistic regression")}
verdicts = {"majority": "better", "logistic regression": "undecided"}
