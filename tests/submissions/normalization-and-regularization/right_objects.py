# Classes that hold what belongs together; Keras layers stacked from a list, Nadam; a network made without build; the store refilled by recursion.
# loses: nothing
# %% batch
from dataclasses import dataclass


@dataclass
class Norm:
    gamma: object
    beta: object

    def apply(self, Z, mean, variance):
        return (Z - mean) * (self.gamma / np.sqrt(variance + EPS)) + self.beta


def moments(Z, axes):
    mean = np.mean(Z, axis=axes)
    return mean, np.mean(Z**2, axis=axes) - mean**2


def batch_norm(Z, gamma, beta, store, momentum, training):
    norm = Norm(gamma, beta)
    if not training:
        return norm.apply(Z, *store), store
    now = moments(Z, tuple(range(Z.ndim))[:-1])
    return norm.apply(Z, *now), tuple(old + (1 - momentum) * (new - old) for old, new in zip(store, now))

# %% layer
def layer_norm(Z, gamma, beta):
    turned = np.moveaxis(Z, -1, 0)
    turned = (turned - turned.mean(axis=0)) / np.sqrt(turned.var(axis=0) + EPS)
    return np.moveaxis(turned, 0, -1) * gamma + beta

# %% company
class Watcher:
    def __init__(self, layer):
        self.layer = layer

    def alone(self, row):
        return self.layer(row[np.newaxis])[0]

    def judge(self, Z):
        return not all(np.allclose(self.alone(row), answer, rtol=0, atol=1e-6) for row, answer in zip(Z, self.layer(Z)))


def needs_company(layer, Z):
    return Watcher(layer).judge(Z)

# %% rms
class RMSNorm:
    def __init__(self, gamma):
        self.gamma = gamma

    def forward(self, Z):
        self.r = np.linalg.norm(Z, axis=1, keepdims=True) / np.sqrt(Z.shape[1])
        self.r = np.hypot(self.r, np.sqrt(EPS))
        self.Z_hat = Z / self.r
        return self.Z_hat * self.gamma

    def backward(self, D):
        rows = []
        for d, z, r in zip(D * self.gamma, self.Z_hat, self.r):
            jacobian = (np.eye(len(z)) - np.outer(z, z) / len(z)) / r
            rows.append(jacobian @ d)
        return np.array(rows), np.einsum("ij,ij->j", D, self.Z_hat)


def rms_norm(Z, gamma):
    return RMSNorm(gamma).forward(Z)


def rms_norm_back(D, Z, gamma):
    layer = RMSNorm(gamma)
    layer.forward(Z)
    return layer.backward(D)

# %% dropout
class Mask:
    def __init__(self, rate, seed):
        self.rate, self.rng = rate, np.random.default_rng(seed)

    def __call__(self, H):
        off = self.rng.random(H.size).reshape(H.shape) < self.rate
        return np.where(off, 0, H / (1 - self.rate))


def dropout(H, rate, seed, training):
    return Mask(rate, seed)(H) if training else np.array(H)


def dropout_back(D, rate, seed):
    return Mask(rate, seed)(D)

# %% penalty
class Price:
    def __init__(self, lam):
        self.lam = lam

    def of(self, part):
        return 0.5 * self.lam * float(np.vdot(part, part)) * (part.ndim > 1)

    def slope(self, part):
        return self.lam * part if part.ndim > 1 else 0 * part


def penalty(net, lam):
    price = Price(lam)
    return sum(map(price.of, net)), tuple(map(price.slope, net))

# %% adam
class Adam:
    def __init__(self, memory, t, lr):
        self.memory, self.t, self.lr = memory, t, lr

    def step(self, w, g, k):
        m, s = 0.9 * self.memory[0][k] + 0.1 * g, 0.999 * self.memory[1][k] + 0.001 * np.square(g)
        root = np.sqrt(s / (1 - 0.999**self.t)) + 1e-7
        return w - self.lr * m / (1 - 0.9**self.t) / root, m, s


def adam_step(net, slopes, memory, t, lr, lam, kind):
    adam = Adam(memory, t, lr)
    extra = penalty(net, lam)[1]
    if kind == "decay":
        done = [adam.step(w - lr * e, g, k) for k, (w, g, e) in enumerate(zip(net, slopes, extra))]
    else:
        done = [adam.step(w, g + e, k) for k, (w, g, e) in enumerate(zip(net, slopes, extra))]
    after, m, s = zip(*done)
    return after, (m, s)

# %% build
def build(n_inputs, n_units, rate, lam, momentum):
    def dense(n, **settings):
        return keras.layers.Dense(n, kernel_regularizer=keras.regularizers.L1L2(l1=0.0, l2=lam / 2), **settings)

    model = keras.Sequential([dense(n_units, use_bias=False), keras.layers.BatchNormalization(axis=-1, momentum=momentum), keras.layers.Dropout(rate), keras.layers.ReLU(), dense(10), keras.layers.Softmax()])
    model.build((None, n_inputs))
    model.compile(keras.optimizers.Nadam(0.01), loss=keras.losses.sparse_categorical_crossentropy)
    return model

# %% trained
keras.utils.set_random_seed(9)
net = keras.Sequential([keras.Input((64,)), keras.layers.Dense(128), keras.layers.BatchNormalization(momentum=0.7), keras.layers.ReLU(), keras.layers.Dropout(0.6), keras.layers.Dense(10, "softmax")])
net.compile(keras.optimizers.AdamW(0.003, weight_decay=0.1), "sparse_categorical_crossentropy")
net.fit(X_train, y_train, epochs=16, batch_size=64, verbose=0)

# %% refill
class Layer:
    def __init__(self, W, gamma, beta):
        self.W, self.gamma, self.beta = W, gamma, beta

    def fill(self, X):
        Z = X @ self.W
        mean, variance = np.average(Z, axis=0), np.mean(np.square(Z - Z.mean(axis=0)), axis=0)
        return (self.W, self.gamma, self.beta, mean, variance), np.maximum(self.gamma * (Z - mean) / np.sqrt(variance + EPS) + self.beta, 0)


def refill(net, X):
    if len(net) == 1:
        return list(net)
    layer, H = Layer(*net[0][:3]).fill(X)
    return [layer] + refill(net[1:], H)


mended = refill(broken, X_train)

# %% compare
class Run:
    def __init__(self, train, split):
        self.train, self.split = train, split

    def scores(self, rate, decay, seed):
        X_fit, y_fit, X_new, y_new = self.split(seed, 150)
        W1, b1, W2, b2 = self.train(X_fit, y_fit, rate, decay, seed)
        return [np.mean(np.argmax(np.maximum(X @ W1 + b1, 0) @ W2 + b2, axis=1) == y) for X, y in ((X_fit, y_fit), (X_new, y_new))]


def compare(train, split, settings, seeds):
    run = Run(train, split)
    return np.array([[run.scores(*setting, seed) for seed in seeds] for setting in settings.values()])


def paired(scores):
    scores = np.asarray(scores)
    return np.array([(np.mean(a - scores[0]), np.std(a - scores[0], ddof=1), np.count_nonzero(a > scores[0])) for a in scores])


all_scores = compare(train, split, SETTINGS, SEEDS)
table = np.mean(all_scores, axis=1)
gains = paired(all_scores[..., 1])
best = "dropout 0.5"
