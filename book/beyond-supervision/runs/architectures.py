"""Train every dense network of a small search space on the digits of scikit-learn, and write down how well each does.

Writes architectures.csv beside this file: layers, activation, number of weights, share of validation errors after 2, 6 and 20 epochs, and of test
errors after 20; each is the mean over the seeds.
"""

import argparse
import csv
from itertools import pairwise, product
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

WIDTHS = [8, 16, 32, 64, 128]
ACTIVATIONS = ["relu", "tanh"]
CHECKS = [2, 6, 20]


def data() -> tuple[np.ndarray, ...]:
    """The parts of the digits: 500 rows to train on, 400 to validate with, 897 to test on."""
    digits = load_digits()
    X_train, X_rest, y_train, y_rest = train_test_split(digits.data / 16, digits.target, train_size=500, stratify=digits.target, random_state=0)
    X_val, X_test, y_val, y_test = train_test_split(X_rest, y_rest, train_size=400, stratify=y_rest, random_state=0)
    return X_train, X_val, X_test, y_train, y_val, y_test


def errors(layers: tuple[int, ...], activation: str, seed: int, parts: tuple[np.ndarray, ...], checks: list[int] = CHECKS) -> list[float]:
    """Shares of validation errors after each number of epochs in `checks`, then of test errors after the last."""
    X_train, X_val, X_test, y_train, y_val, y_test = parts
    net = MLPClassifier(layers, activation=activation, batch_size=50, learning_rate_init=0.005, random_state=seed)
    shares = []
    for epoch in range(1, checks[-1] + 1):
        net.partial_fit(X_train, y_train, classes=np.arange(10))
        if epoch in checks:
            shares.append(1 - net.score(X_val, y_val))
    return [*shares, 1 - net.score(X_test, y_test)]


def weights(layers: tuple[int, ...]) -> int:
    sizes = [64, *layers, 10]
    return sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--depth", type=int, default=3)
    parser.add_argument("--out", type=Path, default=Path(__file__).with_suffix(".csv"))
    given = parser.parse_args()
    parts = data()
    with given.out.open("w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["layers", "activation", "weights", *[f"errors_{count}" for count in CHECKS], "test_errors"])
        for depth in range(1, given.depth + 1):
            for layers, activation in product(product(WIDTHS, repeat=depth), ACTIVATIONS):
                shares = np.mean([errors(layers, activation, seed, parts) for seed in range(given.seeds)], axis=0)
                writer.writerow(["-".join(map(str, layers)), activation, weights(layers), *[f"{share:.4f}" for share in shares]])


if __name__ == "__main__":
    main()
