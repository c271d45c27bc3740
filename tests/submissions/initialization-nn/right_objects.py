# Classes: a rule, a layer, a scaler; Keras' initialiser objects, one for each layer; c by its formula.
# loses: nothing
# %% rules
class Rule:
    weights = {"lecun": (1, 0), "glorot": (0.5, 0.5), "he": (0.5, 0)}

    def __init__(self, name):
        self.of_in, self.of_out = self.weights[name]

    def __call__(self, n_in, n_out):
        return np.float32(1 / (self.of_in * n_in + self.of_out * n_out))


def fans(shape):
    *filter_shape, n_in, n_out = shape
    return np.array([n_in, n_out]) * np.prod(filter_shape, dtype=int)


def variance(rule, n_in, n_out):
    return Rule(rule)(n_in, n_out)

# %% draw
class Drawer:
    def __init__(self, var, rng):
        self.spread, self.rng = var**0.5, rng

    def normal(self, shape):
        return self.rng.normal(scale=self.spread, size=shape)

    def uniform(self, shape):
        return self.rng.uniform(-1, 1, size=shape) * 3**0.5 * self.spread


def draw(var, kind, shape, rng):
    return getattr(Drawer(var, rng), kind)(shape)

# %% orthogonal
from scipy.stats import ortho_group


class Orthogonal:
    def __init__(self, gain, rng):
        self.gain, self.rng = gain, rng

    def __call__(self, n_in, n_out):
        n = max(n_in, n_out)
        square = ortho_group.rvs(n, random_state=self.rng) if n > 1 else self.rng.choice([-1.0, 1.0], (1, 1))
        return self.gain * square[:n_in, :n_out]


def orthogonal(shape, gain, rng):
    return Orthogonal(gain, rng)(*shape)

# %% forward
class Layer:
    def __init__(self, W, activation):
        self.W, self.activation = W, activation

    def forward(self, X):
        self.Z = np.dot(X, self.W)
        self.H = self.activation(self.Z)
        return self.H

    def backward(self, D):
        self.D = np.where(self.Z > 0, D, 0)
        return np.dot(self.D, self.W.T)


def forward_spreads(X, weights, activation):
    layers = [Layer(W, activation) for W in weights]
    for layer in layers:
        X = layer.forward(X)
    return np.array([np.std(layer.H, ddof=1) for layer in layers])

# %% backward
class Net:
    def __init__(self, weights):
        self.layers = [Layer(W, lambda Z: np.maximum(Z, 0)) for W in weights]

    def run(self, X, D):
        for layer in self.layers:
            X = layer.forward(X)
        for layer in reversed(self.layers):
            D = layer.backward(D)


def backward_spreads(X, weights, D):
    net = Net(weights)
    net.run(X, D)
    return tuple(layer.D.std(ddof=1) for layer in net.layers)

# %% critical
class TwoLines:
    def __init__(self, a, b):
        self.a, self.b = a, b

    @property
    def share_of_squares(self):  # that is left, if z lies evenly around 0
        return (self.a**2 + self.b**2) / 2


def critical(a, b):
    return 1 / TwoLines(a, b).share_of_squares

# %% symmetry
class Columns:
    def __init__(self, W):
        self.kinds = []
        for column in W.T:
            if all(np.abs(column - kind).max() > 1e-6 for kind in self.kinds):
                self.kinds.append(column)

    def __len__(self):
        return len(self.kinds)


def n_different(W):
    return len(Columns(W))


kinds = dict(zip(ONE_HIDDEN, [len(Columns(train_one_hidden(*pair))) for pair in ONE_HIDDEN.values()]))

# %% standardise
from sklearn.preprocessing import StandardScaler


def standardise(train, rows):
    scaler = StandardScaler().fit(train.reshape(len(train), -1))
    return scaler.transform(rows.reshape(len(rows), -1)).reshape(rows.shape)

# %% build
class Builder:
    def __init__(self, seed):
        self.seeds = np.random.default_rng(seed)

    def dense(self, units, initializer, activation):
        drawn = keras.initializers.get(initializer)
        if "seed" in drawn.get_config():
            drawn = type(drawn).from_config({**drawn.get_config(), "seed": int(self.seeds.integers(2**31))})
        return keras.layers.Dense(units, activation=activation, kernel_initializer=drawn)


def build(n_inputs, n_units, depth, initializer, seed):
    builder = Builder(seed)
    net = keras.Sequential([builder.dense(n_units, initializer, "relu") for _ in range(depth)] + [builder.dense(1, "lecun_normal", "linear")])
    net.build((None, n_inputs))
    return net

# %% compare
class Experiment:
    def __init__(self, train, X_fit, y_fit, X_new, y_new):
        self.train, self.fit, self.new = train, (X_fit, y_fit), (X_new, y_new)

    def run(self, name, seed):
        net = self.train(name, seed, *self.fit)
        return loss(net, *self.fit), loss(net, *self.new)


def compare(train, names, seeds, X_fit, y_fit, X_new, y_new):
    experiment = Experiment(train, X_fit, y_fit, X_new, y_new)
    return np.array([[experiment.run(name, seed) for name in names] for seed in seeds]).transpose(1, 0, 2)


runs = compare(trained, STARTS, SEEDS, X_train, y_train, X_val, y_val)
table = runs.mean(axis=1).astype("float32")
wins = (runs[:, :, 1] == runs[:, :, 1].min(axis=0)).sum(axis=1)
best_start = min(zip(table[:, 1], STARTS))[1]

# %% baselines
from sklearn.dummy import DummyRegressor
from sklearn.metrics import root_mean_squared_error


def to_bikes(mse, counts):
    return np.sqrt(mse * np.var(counts, ddof=1))


def baselines(X_fit, counts_fit, X_new, counts_new):
    models = {"mean": DummyRegressor(), "linear": LinearRegression()}
    return {name: root_mean_squared_error(counts_new, model.fit(X_fit, counts_fit).predict(X_new)) for name, model in models.items()}
