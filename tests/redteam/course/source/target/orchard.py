"""The program that made `orchard.csv`: a simulated orchard. No such orchard exists."""

import numpy as np
import pandas as pd

SORTS = ["Boskoop", "Cox", "Elstar", "Idared"]


def simulate(seed: int, n_trees: int = 120) -> pd.DataFrame:
    """One row a tree: name, sort, age in years, height in metres, water in litres a day, crop in kilogrammes."""
    rng = np.random.default_rng(seed)
    age, height, water = rng.uniform(3, 30, n_trees), rng.uniform(2, 6, n_trees), rng.uniform(5, 40, n_trees)
    crop = 4 + 1.5 * age + 6 * height + 0.8 * water + rng.normal(0, 6, n_trees)
    return pd.DataFrame({
        "name": [f"tree-{number:03d}" for number in rng.permutation(n_trees)],
        "sort": rng.choice(SORTS, n_trees),
        "age": age.round(1),
        "height": height.round(2),
        "water": water.round(1),
        "crop": crop.round(2),
    })  # fmt: skip


if __name__ == "__main__":
    simulate(2024).to_csv("orchard.csv", index=False)
