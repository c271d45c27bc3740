# Compact NumPy in float32, complex numbers for the circle, a class for the target; scikit-learn's scaler; a network built from a configuration.
# loses: nothing
# %% inputs
def waves(values, period, n):
    turns = np.exp(2j * np.pi * np.asarray(values)[:, None] / period) ** np.arange(1, n + 1)
    return np.c_[turns.imag, turns.real].astype("float32")


def one_hot(values, categories):
    return np.equal.outer(np.asarray(values), np.asarray(categories)).astype(np.uint8)

# %% target
from sklearn.preprocessing import StandardScaler


class Target:
    def __init__(self, counts):
        self.scaler = StandardScaler().fit(np.asarray(counts, dtype=float)[:, None])

    def scaled(self, counts):
        return self.scaler.transform(np.asarray(counts, dtype=float)[:, None])[:, 0]

    def counts(self, z):
        return self.scaler.inverse_transform(np.asarray(z).reshape(-1, 1)).clip(0).ravel()


def scale_target(y_fit, y):
    return Target(y_fit).scaled(y)


def to_counts(z, y_fit):
    return Target(y_fit).counts(z)

# %% output
def least_loss(activation, z):
    below, above = np.minimum(z, 0), np.maximum(z - 1, 0)
    return np.float32(np.mean({
        "linear": 0 * z,
        "relu": below**2,
        "sigmoid": below**2 + above**2,
        "tanh": np.minimum(z + 1, 0) ** 2 + above**2,
    }[activation]))

# %% net
class Regressor:
    def __init__(self, lr, loss):
        self.settings = {"optimizer": keras.optimizers.Adam(lr), "loss": loss}

    def build(self, sizes):
        net = keras.Sequential([keras.Input((sizes[0],))] + [keras.layers.Dense(size, "relu") for size in sizes[1:]] + [keras.layers.Dense(1)])
        net.compile(**self.settings)
        return net


def make_net(n_features, widths, lr):
    return Regressor(lr, keras.losses.mean_squared_error).build([n_features, *widths])

# %% units
def in_bikes(weights, mean, spread):
    last = len(weights) - 2
    return tuple(np.float32(part * (spread if place >= last else 1) + (mean if place > last else 0)) for place, part in enumerate(weights))

# %% training
keras.utils.set_random_seed(3)
net = Regressor(0.03, "mse").build([16, 24, 12])
history = net.fit(X_train.astype("float32"), z_train.astype("float32"), 64, 10, 0, [keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True)], validation_data=(X_val, z_val), validation_batch_size=2000)

# %% compare
def compare(train_net, proposals, seeds, y_fit, y_new):
    def scored(X_fit, X_new, seed):
        predict = train_net(X_fit, y_fit, seed)
        return np.float32([rmse(y_fit, predict(X_fit)), rmse(y_new, predict(X_new))])

    both = {name: np.array([scored(*pair, seed) for seed in seeds]) for name, pair in proposals.items()}
    return {name: dict(training=B[:, 0].mean(), validation=B[:, 1].mean(), spread=B[:, 1].std(ddof=1)) for name, B in both.items()}


scores = compare(train_net, proposals, SEEDS, y_train, y_val)
best_inputs = NAMES[np.argmin([scores[name]["validation"] for name in NAMES])]

# %% band
def band(y_old, p_old, p_new, level, kind):
    scale = (lambda p: p) if kind == "share" else np.ones_like
    half = np.quantile(abs(y_old - p_old) / scale(p_old), level) * scale(p_new)
    return np.stack([(p_new - half).clip(0), p_new + half])


busy = p_val > 400
covered = {kind: np.mean([low <= y <= high for y, low, high in zip(y_val[busy], *band(y_val, p_val, p_val[busy], 0.9, kind))]) for kind in ("same", "share")}
best_kind = "share"

# %% report
def report(y, P, rungs):
    size = lambda miss: np.sqrt(np.mean(miss**2, axis=-1))
    each = size(np.float32(P) - y)
    return {**{name: size(p - y) for name, p in rungs.items()}, "one net": each.mean(), "spread": each.std(ddof=1), "together": size(P.mean(0) - y)}


found = report(y_test, P_test, rungs)
n_better = np.sum(np.sqrt(((P_test - y_test) ** 2).mean(axis=1)) < found["boosting"])
