# Plain loops over single numbers and lists; c by a search through ten layers; each layer has a seed of its own; Glorot's start taken from sorted results.
# loses: nothing
# %% rules
def fans(shape):
    pixels = 1
    for size in shape[:-2]:
        pixels = pixels * size
    return [pixels * shape[-2], pixels * shape[-1]]


def variance(rule, n_in, n_out):
    if rule == "lecun":
        return 1 / n_in
    if rule == "he":
        return 2 / n_in
    return 1 / ((n_in + n_out) / 2)

# %% draw
import math


def draw(var, kind, shape, rng):
    n = 1
    for size in shape:
        n = n * size
    if kind == "normal":
        numbers = math.sqrt(var) * rng.standard_normal(n)
    else:
        numbers = (2 * rng.random(n) - 1) * math.sqrt(3 * var)
    return numbers.reshape(shape)

# %% orthogonal
def orthogonal(shape, gain, rng):
    """Gram-Schmidt, one vector after the other: no signs to mend."""
    n_long, n_short = max(shape), min(shape)
    found = []
    while len(found) < n_short:
        v = rng.normal(size=n_long)
        for _ in range(2):  # twice, against rounding
            for u in found:
                v = v - (v @ u) * u
        found.append(v / math.sqrt(v @ v))
    W = gain * np.array(found)
    return W.T if shape[0] >= shape[1] else W

# %% forward
def forward_spreads(X, weights, activation):
    found = []
    H = X
    for W in weights:
        H = activation(H @ W)
        numbers = [float(h) for row in H for h in row]
        mean = sum(numbers) / len(numbers)
        found.append(math.sqrt(sum((h - mean) ** 2 for h in numbers) / (len(numbers) - 1)))
    return found

# %% backward
def backward_spreads(X, weights, D):
    answers = [X]
    for W in weights:
        answers.append(np.where(answers[-1] @ W > 0, answers[-1] @ W, 0))
    found = [0.0] * len(weights)
    for k in range(len(weights) - 1, -1, -1):
        at_z = np.zeros(answers[k + 1].shape)
        for i in range(len(at_z)):
            for j in range(len(at_z[i])):
                if answers[k + 1][i, j] > 0:
                    at_z[i, j] = D[i, j]
        found[k] = np.std(at_z, ddof=1)
        D = at_z @ weights[k].T
    return found

# %% critical
def growth(c, a, b):
    rng = np.random.default_rng(3)
    logs = []
    for _ in range(4):
        H = rng.normal(size=(60, 150))
        first = np.mean(H**2)
        for _ in range(5):
            Z = H @ rng.normal(0, math.sqrt(c / 150), (150, 150))
            H = np.where(Z > 0, a * Z, b * Z)
        logs.append(math.log(np.mean(H**2) / first))
    return sum(logs) / len(logs)


def critical(a, b):
    low, high = 0.01, 100.0
    for _ in range(10):
        middle = math.sqrt(low * high)
        if growth(middle, a, b) > 0:
            high = middle
        else:
            low = middle
    return math.sqrt(low * high)

# %% symmetry
def n_different(W):
    count = 0
    for j in range(len(W[0])):
        is_new = True
        for k in range(j):
            if max(abs(W[i][j] - W[i][k]) for i in range(len(W))) <= 1e-6:
                is_new = False
        if is_new:
            count = count + 1
    return count


kinds = {}
for name in ONE_HIDDEN:
    W_in, w_out = ONE_HIDDEN[name]
    kinds[name] = n_different(train_one_hidden(W_in, w_out))

# %% standardise
def standardise(train, rows):
    if train.ndim == 1:
        return standardise(train[:, None], rows[:, None])[:, 0]
    scaled = np.zeros(rows.shape)
    for j in range(train.shape[1]):
        mean, spread = train[:, j].mean(), train[:, j].std(ddof=1)
        scaled[:, j] = rows[:, j] - mean
        if min(train[:, j]) < max(train[:, j]):
            scaled[:, j] = scaled[:, j] / spread
    return scaled

# %% build
def build(n_inputs, n_units, depth, initializer, seed):
    kind = type(keras.initializers.get(initializer))
    net = keras.Sequential()
    net.add(keras.layers.Input(shape=(n_inputs,)))
    for k in range(depth):
        net.add(keras.layers.Dense(n_units, kernel_initializer=kind(seed=100 * seed + k)))
        net.add(keras.layers.Activation("relu"))
    net.add(keras.layers.Dense(1, kernel_initializer=keras.initializers.LecunNormal(seed=100 * seed + depth), bias_initializer="zeros"))
    return net

# %% compare
def compare(train, names, seeds, X_fit, y_fit, X_new, y_new):
    found = []
    for name in names:
        runs = []
        for seed in seeds:
            net = train(name, seed, X_fit, y_fit)
            runs.append([loss(net, X_fit, y_fit), loss(net, X_new, y_new)])
        found.append(runs)
    return found


results = compare(trained, STARTS, SEEDS, X_train, y_train, X_val, y_val)
table = []
for runs in results:
    table.append([sum(run[0] for run in runs) / len(runs), sum(run[1] for run in runs) / len(runs)])
best_start = sorted(zip([row[1] for row in table], STARTS))[0][1]

# %% baselines
def to_bikes(mse, counts):
    mean = sum(counts) / len(counts)
    return math.sqrt(mse * sum((count - mean) ** 2 for count in counts) / (len(counts) - 1))


def baselines(X_fit, counts_fit, X_new, counts_new):
    model = LinearRegression()
    model.fit(X_fit, counts_fit)
    mean = sum(counts_fit) / len(counts_fit)
    squares_mean, squares_line = [], []
    for y_pred, count in zip(model.predict(X_new), counts_new):
        squares_mean.append((count - mean) ** 2)
        squares_line.append((count - y_pred) ** 2)
    return {"mean": math.sqrt(sum(squares_mean) / len(squares_mean)), "linear": math.sqrt(sum(squares_line) / len(squares_line))}
