# Plain loops; a Sequential to which layers are added one by one and no Input, other settings, dropout and L2 in the training.
# loses: nothing
# %% split
def split_by_days(table, n_train, n_val):
    rows = sorted(table.to_dict("records"), key=lambda row: row["Date"])
    days = []
    for row in rows:
        if row["Date"][:10] not in days:
            days.append(row["Date"][:10])
    parts = [[], [], []]
    for row in rows:
        place = days.index(row["Date"][:10])
        parts[0 if place < n_train else 1 if place < n_train + n_val else 2].append(row)
    return [pd.DataFrame(part, columns=table.columns) for part in parts]

# %% net
def make_net(X, width, lr):
    scaler = keras.layers.Normalization(axis=-1)
    scaler.adapt(X)
    made = keras.models.Sequential()
    made.add(scaler)
    made.add(keras.layers.Dense(width, name="hidden", kernel_initializer="he_normal"))
    made.add(keras.layers.Activation("relu"))
    made.add(keras.layers.Dense(1, name="occupied"))
    made.add(keras.layers.Activation("sigmoid"))
    made.compile(loss=[keras.losses.binary_crossentropy], optimizer=keras.optimizers.Adam(lr))
    return made

# %% count
def count_parameters(n_features, widths):
    total, before = 0, n_features
    for width in widths:
        total += before * width
        total += width
        before = width
    total += before + 1
    return [total, 2 * n_features + 1]

# %% losses
objectives = {}
objectives["room"] = keras.losses.binary_crossentropy
objectives["score"] = keras.losses.BinaryCrossentropy(True)
objectives["floor"] = keras.losses.sparse_categorical_crossentropy
objectives["one-hot"] = keras.losses.categorical_crossentropy

# %% training
layers = keras.layers
scaler = layers.Normalization()
scaler.adapt(X_train)
net = keras.Sequential([scaler, layers.Dense(64, "relu", kernel_regularizer=keras.regularizers.L2(1e-3)), layers.Dropout(0.1), layers.Dense(1, "sigmoid")])
net.compile(optimizer=keras.optimizers.RMSprop(0.01), loss="binary_crossentropy")
history = net.fit(
    X_train,
    y_train,
    batch_size=144,
    epochs=40,
    validation_data=(X_val, y_val),
    callbacks=[keras.callbacks.EarlyStopping("val_loss", patience=3, mode="min", restore_best_weights=True)],
    verbose=0,
)

# %% stop
def early_stop(val_losses, patience):
    best, best_loss, wait = 0, float("inf"), 0
    for i in range(len(val_losses)):
        if val_losses[i] < best_loss:
            best, best_loss, wait = i, val_losses[i], 0
        else:
            wait += 1
            if wait == patience:
                break
    return best + 1, i + 1

# %% threshold
def best_threshold(y, p, thresholds, cost_missed, cost_false):
    best, best_cost = None, None
    for t in thresholds:
        cost = 0
        for i in range(len(y)):
            if y[i] == 1 and p[i] < t:
                cost += cost_missed
            if y[i] == 0 and p[i] >= t:
                cost += cost_false
        if best is None or cost < best_cost or (cost == best_cost and t < best):
            best, best_cost = t, cost
    return best


threshold = best_threshold(y_val, p_val, candidates, 5, 1)

# %% compare
def compare(train_net, rates, X_fit, y_fit, X_new, y_new):
    columns = {"lr": [], "training": [], "validation": []}
    for lr in rates:
        predict = train_net(X_fit, y_fit, lr)
        columns["lr"].append(lr)
        for name, X, y in (("training", X_fit, y_fit), ("validation", X_new, y_new)):
            total = 0.0
            for truth, p in zip(y, predict(X)):
                total -= np.log(max(p if truth == 1 else 1 - p, 1e-7))
            columns[name].append(total / len(y))
    return pd.DataFrame(columns)


scores = compare(train_net, rates, X_train, y_train, X_val, y_val)
best_lr = 0.01

# %% report
def block_interval(values, block):
    means = []
    for start in range(0, len(values), block):
        part = values[start : start + block]
        if len(part) == block:
            means.append(sum(part) / block)
    k = len(means)
    middle = sum(means) / k
    s = (sum((m - middle) ** 2 for m in means) / (k - 1)) ** 0.5
    return middle, middle - 1.96 * s / k**0.5, middle + 1.96 * s / k**0.5


gains, verdicts = {}, {}
for name, p_other in (("majority", np.zeros(len(y_test))), ("logistic regression", p_logistic)):
    differences = []
    for i in range(len(y_test)):
        mine = int((p_test[i] >= 0.5) == (y_test[i] == 1))
        other = int((p_other[i] >= 0.5) == (y_test[i] == 1))
        differences.append(mine - other)
    gains[name] = block_interval(differences, 15)
    if gains[name][1] > 0:
        verdicts[name] = "better"
    elif gains[name][2] < 0:
        verdicts[name] = "worse"
    else:
        verdicts[name] = "undecided"
