# Plain loops over single numbers, lists in place of arrays; a functional Keras model, SGD with momentum, L2 by a keyword.
# loses: nothing
# %% batch
def batch_norm(Z, gamma, beta, store, momentum, training):
    n_units = Z.shape[-1]
    means, variances = list(store[0]), list(store[1])
    result = np.zeros(Z.shape)
    for k in range(n_units):
        numbers = Z[..., k]
        if training:
            mean = float(sum(numbers.ravel()) / numbers.size)
            variance = float(sum((z - mean) ** 2 for z in numbers.ravel()) / numbers.size)
            means[k] = means[k] + (1 - momentum) * (mean - means[k])
            variances[k] = variances[k] + (1 - momentum) * (variance - variances[k])
        else:
            mean, variance = means[k], variances[k]
        result[..., k] = gamma[k] * (numbers - mean) / (variance + EPS) ** 0.5 + beta[k]
    return [result, [means, variances]]

# %% layer
def layer_norm(Z, gamma, beta):
    result = np.zeros(Z.shape)
    for place in np.ndindex(Z.shape[:-1]):
        row = [float(z) for z in Z[place]]
        mean = sum(row) / len(row)
        variance = sum((z - mean) ** 2 for z in row) / len(row)
        result[place] = (np.array(row) - mean) / (variance + EPS) ** 0.5
    return result * gamma + beta

# %% company
def needs_company(layer, Z):
    everybody = layer(Z)
    for i in range(len(Z)):
        alone = layer([list(Z[i])])
        for a, b in zip(np.ravel(alone), np.ravel(everybody[i])):
            if abs(a - b) > 1e-6:
                return True
    return False

# %% rms
def rms_norm(Z, gamma):
    return np.array([[g * z / (sum(v * v for v in row) / len(row) + EPS) ** 0.5 for g, z in zip(gamma, row)] for row in Z])


def rms_norm_back(D, Z, gamma):
    by_z, by_gamma = np.zeros(Z.shape), [0.0] * len(gamma)
    for i in range(len(Z)):
        m = len(Z[i])
        r = (sum(z * z for z in Z[i]) / m + EPS) ** 0.5
        along = sum(D[i][k] * gamma[k] * Z[i][k] for k in range(m))
        for k in range(m):
            by_z[i, k] = gamma[k] * D[i][k] / r - Z[i][k] * along / (m * r**3)
            by_gamma[k] += D[i][k] * Z[i][k] / r
    return by_z, by_gamma

# %% dropout
def dropout(H, rate, seed, training):
    if not training:
        return H.copy()
    rng = np.random.default_rng(seed)
    result = []
    for h in H.ravel():
        result.append(0.0 if rng.uniform() < rate else h / (1 - rate))
    return np.array(result).reshape(H.shape)


def dropout_back(D, rate, seed):
    return dropout(D, rate, seed, True)

# %% penalty
def penalty(net, lam):
    value, slopes = 0, []
    for part in net:
        if len(part.shape) == 1:
            slopes.append([0.0] * len(part))
            continue
        for w in part.ravel():
            value += lam / 2 * w * w
        slopes.append(lam * part)
    return value, slopes

# %% adam
def adam_step(net, slopes, memory, t, lr, lam, kind):
    new, first, second = [], [], []
    for k in range(len(net)):
        w, g = net[k], slopes[k]
        if w.ndim >= 2:
            if kind == "penalty":
                g = g + lam * w
            elif kind == "decay":
                w = (1 - lr * lam) * w
        m = memory[0][k] + (1 - 0.9) * (g - memory[0][k])
        s = memory[1][k] + (1 - 0.999) * (g * g - memory[1][k])
        rate = lr * (1 - 0.999**t) ** 0.5 / (1 - 0.9**t)
        new.append(w - rate * m / (s**0.5 + 1e-7))
        first.append(m)
        second.append(s)
    return [new, [first, second]]

# %% build
def build(n_inputs, n_units, rate, lam, momentum):
    rows = keras.Input(shape=(n_inputs,), name="pixels")
    h = keras.layers.Dense(n_units, use_bias=False, kernel_regularizer=keras.regularizers.l2(0.5 * lam))(rows)
    h = keras.layers.BatchNormalization(momentum=momentum, name="normalise")(h)
    h = keras.layers.Activation("relu")(h)
    h = keras.layers.Dropout(rate)(h)
    h = keras.layers.Dense(10, kernel_regularizer=keras.regularizers.l2(0.5 * lam))(h)
    out = keras.layers.Activation("softmax")(h)
    model = keras.Model(rows, out)
    model.compile(optimizer=keras.optimizers.SGD(0.1, momentum=0.9), loss=keras.losses.SparseCategoricalCrossentropy())
    return model

# %% trained
keras.utils.set_random_seed(4)
net = build(64, 40, 0.4, 0.003, 0.9)
for epoch in range(12):
    order = np.random.default_rng(epoch).permutation(300)
    for first in range(0, 300, 60):
        rows = order[first : first + 60]
        net.train_on_batch(X_train[rows], y_train[rows])

# %% refill
def refill(net, X):
    mended = [list(layer) for layer in net]
    for k in range(len(net) - 1):
        H = X
        for i in range(k):
            W, gamma, beta, mean, variance = mended[i]
            H = np.maximum(gamma * (H @ W - mean) / np.sqrt(variance + EPS) + beta, 0)
        Z = H @ mended[k][0]
        mended[k][3] = [Z[:, j].mean() for j in range(Z.shape[1])]
        mended[k][4] = [Z[:, j].var() for j in range(Z.shape[1])]
        mended[k][3], mended[k][4] = np.array(mended[k][3]), np.array(mended[k][4])
    return mended


mended = refill(broken, X_train)

# %% compare
def compare(train, split, settings, seeds):
    found = []
    for name in settings:
        rate, decay = settings[name]
        row = []
        for seed in seeds:
            X_fit, y_fit, X_new, y_new = split(seed, 150)
            net = train(X_fit, y_fit, rate, decay, seed)
            row.append([accuracy(net, X_fit, y_fit), accuracy(net, X_new, y_new)])
        found.append(row)
    return found


def paired(scores):
    result = []
    for row in scores:
        leads = [a - b for a, b in zip(row, scores[0])]
        mean = sum(leads) / len(leads)
        spread = (sum((lead - mean) ** 2 for lead in leads) / (len(leads) - 1)) ** 0.5
        result.append([mean, spread, sum(1 for lead in leads if lead > 0)])
    return result


runs = compare(train, split, SETTINGS, SEEDS)
table = [[sum(run[k] for run in row) / len(row) for k in range(2)] for row in runs]
gains = paired([[run[1] for run in row] for row in runs])
best = max(SETTINGS, key=lambda name: table[list(SETTINGS).index(name)][1])
