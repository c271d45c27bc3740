# Data frames and series where they go; a functional network, losses as objects, L2, other settings.
# loses: nothing
# %% inputs
def waves(values, period, n):
    table = pd.DataFrame({"v": values})
    for name, function in {"sin": np.sin, "cos": np.cos}.items():
        for k in range(1, n + 1):
            table[f"{name} {k}"] = function(table["v"] * k * 2 * np.pi / period)
    return table.drop(columns="v").to_numpy()


def one_hot(values, categories):
    known = pd.Series(values)
    return pd.DataFrame({place: known.eq(category) for place, category in enumerate(categories)}).astype("float32")

# %% target
def scale_target(y_fit, y):
    known = pd.Series(y_fit)
    return ((pd.Series(y) - known.mean()) / known.std()).astype("float32")


def to_counts(z, y_fit):
    known = pd.Series(y_fit)
    return pd.DataFrame(z)[0].mul(known.std()).add(known.mean()).clip(lower=0)

# %% output
def least_loss(activation, z):
    targets = pd.Series(z)
    reach = {"relu": dict(lower=0), "sigmoid": dict(lower=0, upper=1), "tanh": dict(lower=-1, upper=1), "linear": {}}
    return targets.sub(targets.clip(**reach[activation])).pow(2).mean() if activation != "linear" else 0

# %% net
def make_net(n_features, widths, lr):
    rows = keras.Input(shape=(n_features,), name="rows")
    hidden = rows
    for place, width in enumerate(widths):
        hidden = keras.layers.Dense(width, name=f"hidden_{place}", kernel_initializer="he_normal")(hidden)
        hidden = keras.layers.ReLU()(hidden)
    out = keras.layers.Dense(1, name="bikes", activation="linear")(hidden)
    model = keras.Model(rows, out)
    model.compile(loss=keras.losses.MeanSquaredError(), optimizer=keras.optimizers.Adam(learning_rate=lr), metrics=["mae"])
    return model

# %% units
def in_bikes(weights, mean, spread):
    W = pd.DataFrame(weights[-2]).mul(spread).to_numpy()
    b = pd.Series(weights[-1]).mul(spread).add(mean).to_numpy()
    return list(weights[:-2]) + [W, b]

# %% training
rows = keras.Input((16,))
hidden = keras.layers.Dense(48, activation="tanh", kernel_regularizer=keras.regularizers.L2(1e-4))(rows)
net = keras.Model(rows, keras.layers.Dense(1)(hidden))
net.compile(optimizer=keras.optimizers.RMSprop(0.02), loss="mse")
early = keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True)
history = net.fit(pd.DataFrame(X_train), pd.Series(z_train), validation_data=(X_val, z_val), epochs=10, batch_size=64, validation_batch_size=1448, callbacks=[early], verbose=0)

# %% compare
def compare(train_net, proposals, seeds, y_fit, y_new):
    rows = []
    for name, (X_fit, X_new) in proposals.items():
        for seed in seeds:
            predict = train_net(X_fit, y_fit, seed)
            rows.append({"name": name, "training": rmse(y_fit, predict(X_fit)), "validation": rmse(y_new, predict(X_new))})
    grouped = pd.DataFrame(rows).groupby("name", sort=False)
    table = grouped.mean()
    table["spread"] = grouped["validation"].std()
    return table.to_dict("index")


scores = compare(train_net, proposals, SEEDS, pd.Series(y_train), pd.Series(y_val))
best_inputs = pd.DataFrame(scores).loc["validation"].idxmin()

# %% band
def band(y_old, p_old, p_new, level, kind):
    old = pd.DataFrame({"y": y_old, "p": p_old})
    miss = old["y"].sub(old["p"]).abs()
    new = pd.Series(p_new)
    if kind == "share":
        half = new * miss.div(old["p"]).quantile(level)
    else:
        half = miss.quantile(level)
    return (new - half).clip(lower=0), new + half


covered = {}
for kind in ["same", "share"]:
    low, high = band(y_val, p_val, p_val, 0.9, kind)
    covered[kind] = pd.Series(y_val).between(low, high)[p_val > 400].mean()
best_kind = max(covered, key=covered.get)

# %% report
def report(y, P, rungs):
    table = pd.DataFrame(rungs)
    found = table.sub(np.asarray(y), axis=0).pow(2).mean().pow(0.5)
    nets = pd.DataFrame(P).sub(np.asarray(y), axis=1).pow(2).mean(axis=1).pow(0.5)
    found["one net"], found["spread"], found["together"] = nets.mean(), nets.std(), rmse(y, pd.DataFrame(P).mean())
    return found.to_dict()


found = report(y_test, P_test, rungs)
n_better = int((pd.DataFrame(P_test).sub(y_test, axis=1).pow(2).mean(axis=1).pow(0.5) < found["boosting"]).sum())
