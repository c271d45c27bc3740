"""Compare random search, TPE and a Gaussian process with expected improvement over many seeds.

Writes search_comparison.csv beside this file: for each task, method and seed the best value after 10, 20, 40, 80, 120, 160 and 200 evaluations.
With the same seed, the Gaussian process shares its first 10 points with random search; TPE draws its own first 20.
"""

import argparse
import csv
import warnings
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd
from hyperopt import Trials, fmin, hp, tpe
from scipy.stats import norm
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel
from sklearn.model_selection import KFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVR

COUNTS = [10, 20, 40, 80, 120, 160, 200]
Objective = Callable[[np.ndarray], float]


def branin(u: np.ndarray) -> float:
    """Branin's function of the first two numbers of u, which lie in [0, 1]; its smallest value is 0.398."""
    a, b = 15 * u[0] - 5, 15 * u[1]
    bowl = (b - 5.1 / (4 * np.pi**2) * a**2 + 5 / np.pi * a - 6) ** 2
    return bowl + 10 * (1 - 1 / (8 * np.pi)) * np.cos(a) + 10


def hartmann(u: np.ndarray) -> float:
    """Hartmann's function of six numbers in [0, 1]; its smallest value is -3.322."""
    height = np.array([1.0, 1.2, 3.0, 3.2])
    A = np.array([[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]])
    P = 1e-4 * np.array(
        [
            [1312, 1696, 5569, 124, 8283, 5886],
            [2329, 4135, 8307, 3736, 1004, 9991],
            [2348, 1451, 3522, 2883, 3047, 6650],
            [4047, 8828, 8732, 5743, 1091, 381],
        ]
    )
    return -float(height @ np.exp(-(A * (u - P) ** 2).sum(axis=1)))


def cars() -> Objective:
    """Cross-validated error [miles a gallon] of a support vector regression on Auto MPG; u sets C, gamma and epsilon."""
    table = pd.read_csv(files("mlxtend") / "data/data/autompg.csv.gz", header=None).to_numpy()
    X, y = table[:, :7].astype(float), table[:, 8].astype(float)
    folds = KFold(3, shuffle=True, random_state=0)

    def objective(u: np.ndarray) -> float:
        model = make_pipeline(StandardScaler(), SVR(C=10 ** (4 * u[0] - 2), gamma=10 ** (5 * u[1] - 4), epsilon=10 ** (3 * u[2] - 2)))
        return -cross_val_score(model, X, y, cv=folds, scoring="neg_root_mean_squared_error").mean()

    return objective


def by_random(objective: Objective, points: np.ndarray) -> list[float]:
    return [objective(u) for u in points]


def by_tpe(objective: Objective, n_trials: int, d: int, seed: int) -> list[float]:
    names = [f"u{j}" for j in range(d)]
    trials = Trials()
    fmin(
        lambda space: objective(np.array([space[name] for name in names])),
        {name: hp.uniform(name, 0, 1) for name in names},
        algo=tpe.suggest,
        max_evals=n_trials,
        trials=trials,
        rstate=np.random.default_rng(seed),
        show_progressbar=False,
        verbose=False,
    )
    return trials.losses()


def by_gp(objective: Objective, points: np.ndarray, seed: int) -> list[float]:
    """Matern 5/2 with one length scale a dial; its settings are fitted anew at each step up to 40, then at every tenth."""
    rng = np.random.default_rng(seed + 1000)
    d = points.shape[1]
    U = list(points[:10])
    values = [objective(u) for u in U]
    kernel = ConstantKernel(1.0, (0.01, 100)) * Matern(np.full(d, 0.5), (0.05, 20), nu=2.5) + WhiteKernel(1e-4, (1e-8, 1))
    while len(U) < len(points):
        refit = len(U) <= 40 or len(U) % 10 == 0
        gp = GaussianProcessRegressor(kernel, normalize_y=True, optimizer="fmin_l_bfgs_b" if refit else None)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            gp.fit(np.array(U), values)
        kernel = gp.kernel_
        near = U[int(np.argmin(values))] + rng.normal(0, 0.05, (250, d))
        candidates = np.vstack([rng.random((750, d)), np.clip(near, 0, 1)])
        mean, sd = gp.predict(candidates, return_std=True)
        gain = min(values) - mean
        improvement = gain * norm.cdf(gain / sd) + sd * norm.pdf(gain / sd)
        U.append(candidates[np.argmax(improvement)])
        values.append(objective(U[-1]))
    return values


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=16)
    parser.add_argument("--evaluations", type=int, default=200)
    parser.add_argument("--tasks", nargs="*", default=["Branin", "Branin + 8 idle", "Hartmann", "cars"])
    parser.add_argument("--out", type=Path, default=Path(__file__).with_suffix(".csv"))
    given = parser.parse_args()
    tasks = {"Branin": (branin, 2), "Branin + 8 idle": (branin, 10), "Hartmann": (hartmann, 6), "cars": (cars(), 3)}
    rows = []
    for task in given.tasks:
        objective, d = tasks[task]
        for seed in range(given.seeds):
            points = np.random.default_rng(seed).random((given.evaluations, d))
            for method, values in [
                ("random", by_random(objective, points)),
                ("TPE", by_tpe(objective, given.evaluations, d, seed)),
                ("GP", by_gp(objective, points, seed)),
            ]:
                best = np.minimum.accumulate(values)
                rows += [[task, method, seed, count, f"{best[count - 1]:.5f}"] for count in COUNTS if count <= len(best)]
    with given.out.open("w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["task", "method", "seed", "evaluations", "best"])
        writer.writerows(rows)


if __name__ == "__main__":
    main()
