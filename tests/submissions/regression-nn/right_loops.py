# Plain loops and lists; a Sequential to which layers are added one by one and no Input.
# loses: nothing
# %% inputs
import math


def waves(values, period, n):
    rows = []
    for value in values:
        row = []
        for function in (math.sin, math.cos):
            for k in range(1, n + 1):
                row.append(function(2 * math.pi * k * value / period))
        rows.append(row)
    return rows


def one_hot(values, categories):
    rows = []
    for value in values:
        row = [0] * len(categories)
        for place, category in enumerate(categories):
            if value == category:
                row[place] = 1
        rows.append(row)
    return rows

# %% target
def _mean_and_spread(counts):
    mean = sum(float(count) for count in counts) / len(counts)
    return mean, math.sqrt(sum((count - mean) ** 2 for count in counts) / (len(counts) - 1))


def scale_target(y_fit, y):
    mean, spread = _mean_and_spread(y_fit)
    return [(count - mean) / spread for count in y]


def to_counts(z, y_fit):
    mean, spread = _mean_and_spread(y_fit)
    found = []
    for one in z:
        one = one[0] if hasattr(one, "__len__") else one
        found.append(max(0.0, float(one) * spread + mean))
    return found

# %% output
def least_loss(activation, z):
    total = 0
    for target in z:
        said = target
        if activation in ("relu", "sigmoid"):
            said = max(said, 0)
        if activation == "tanh":
            said = max(said, -1)
        if activation in ("tanh", "sigmoid"):
            said = min(said, 1)
        total += (target - said) ** 2
    return total / len(z)

# %% net
def make_net(n_features, widths, lr):
    made = keras.models.Sequential()
    for width in widths:
        made.add(keras.layers.Dense(width))
        made.add(keras.layers.Activation("relu"))
    made.add(keras.layers.Dense(1))
    made.compile(loss=["mse"], optimizer=keras.optimizers.Adam(lr))
    return made

# %% units
def in_bikes(weights, mean, spread):
    found = []
    for place, part in enumerate(weights):
        if place == len(weights) - 2:
            found.append([[float(number) * spread for number in row] for row in part])
        elif place == len(weights) - 1:
            found.append([float(number) * spread + mean for number in part])
        else:
            found.append(part)
    return found

# %% training
net = keras.models.Sequential()
net.add(keras.layers.Dense(64, activation="relu"))
net.add(keras.layers.Dropout(0.05))
net.add(keras.layers.Dense(1))
net.compile(optimizer=keras.optimizers.Adam(0.02), loss=keras.losses.mean_squared_error)
history = net.fit(X_train, z_train[:, None], validation_data=(X_val, z_val[:, None]), batch_size=64, validation_batch_size=500, epochs=10, verbose=0,
                  callbacks=[keras.callbacks.EarlyStopping(monitor="val_loss", patience=3, restore_best_weights=True)])

# %% compare
def compare(train_net, proposals, seeds, y_fit, y_new):
    found = {}
    for name in proposals:
        X_fit, X_new = proposals[name]
        on_fit, on_new = [], []
        for seed in seeds:
            predict = train_net(X_fit, y_fit, seed)
            for X, y, kept in ((X_fit, y_fit, on_fit), (X_new, y_new, on_new)):
                total = 0
                for said, true in zip(predict(X), y):
                    total += (said - true) ** 2
                kept.append(math.sqrt(total / len(y)))
        middle = sum(on_new) / len(on_new)
        spread = math.sqrt(sum((one - middle) ** 2 for one in on_new) / (len(on_new) - 1))
        found[name] = {"training": sum(on_fit) / len(on_fit), "validation": middle, "spread": spread}
    return found


scores = compare(train_net, proposals, SEEDS, y_train, y_val)
best_inputs = None
for name in NAMES:
    if best_inputs is None or scores[name]["validation"] < scores[best_inputs]["validation"]:
        best_inputs = name

# %% band
def band(y_old, p_old, p_new, level, kind):
    misses = []
    for y, p in zip(y_old, p_old):
        misses.append(abs(y - p) / p if kind == "share" else abs(y - p))
    q = float(np.quantile(misses, level))
    low, high = [], []
    for p in p_new:
        half = q * p if kind == "share" else q
        low.append(max(0, p - half))
        high.append(p + half)
    return [low, high]


covered = {}
for kind in ("same", "share"):
    hits, busy = 0, 0
    for y, p, low, high in zip(y_val, p_val, *band(y_val, p_val, p_val, 0.9, kind)):
        if p > 400:
            busy += 1
            hits += low <= y <= high
    covered[kind] = hits / busy
best_kind = "share" if covered["share"] >= 0.9 else "same"

# %% report
def report(y, P, rungs):
    found = {}
    for name in rungs:
        found[name] = rmse(y, rungs[name])
    each = [rmse(y, p) for p in P]
    found["one net"] = sum(each) / len(each)
    found["spread"] = math.sqrt(sum((one - found["one net"]) ** 2 for one in each) / (len(each) - 1))
    together = [sum(p[row] for p in P) / len(P) for row in range(len(y))]
    found["together"] = rmse(y, together)
    return found


found = report(y_test, P_test, rungs)
n_better = 0
for p in P_test:
    if rmse(y_test, p) < found["boosting"]:
        n_better += 1
