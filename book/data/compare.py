"""Print, as markdown, how the simulated tables compare with the original ones: marginals, correlations, scores.

    python book/data/compare.py                 # the simulated side alone
    python book/data/compare.py FOLDER          # FOLDER holds the originals, as bikes.csv and occupancy.csv

The README keeps the output; a test runs the simulated side again and checks the README's numbers.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import simulate_bikes
import simulate_occupancy
from sklearn.compose import make_column_transformer
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import accuracy_score, f1_score, r2_score
from sklearn.model_selection import train_test_split
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.svm import SVC
from threadpoolctl import threadpool_limits

OTHER_SEEDS = range(5)
# casual and registered add up to cnt: a model that sees them has seen the answer. dteday names the row.
BIKE_FEATURES = [
    "season",
    "yr",
    "mnth",
    "hr",
    "holiday",
    "weekday",
    "workingday",
    "weathersit",
    "temp",
    "atemp",
    "hum",
    "windspeed",
]
BIKE_CATEGORIES = ["season", "mnth", "hr", "weekday", "weathersit"]
BIKE_LAGS = [1, 2, 3, 24, 168]  # hours
BIKE_NUMBERS = ["hr", "weathersit", "temp", "atemp", "hum", "windspeed", "casual", "registered", "cnt"]
SENSORS = ["Temperature", "Humidity", "Light", "CO2", "HumidityRatio"]
STATISTICS = ["mean", "sd", "min", "quartile 1", "median", "quartile 3", "max"]

Numbers = dict[str, dict[str, float]]  # row -> column -> number


def marginals(table: pd.DataFrame, columns: list[str]) -> Numbers:
    """Mean, spread and quantiles of every column."""
    rows = {}
    for name in columns:
        values = table[name]
        numbers = [values.mean(), values.std(), *values.quantile([0, 0.25, 0.5, 0.75, 1])]
        rows[name] = dict(zip(STATISTICS, numbers, strict=True))
    return rows


def correlations(table: pd.DataFrame, columns: list[str]) -> Numbers:
    """Pearson correlation of every two columns."""
    return table[columns].corr().to_dict("index")


def by_time(table: pd.DataFrame, share: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The first `share` of the rows to train on, the rest to test on."""
    n_train = int(share * len(table))
    return table.iloc[:n_train], table.iloc[n_train:]


def with_lags(table: pd.DataFrame) -> pd.DataFrame:
    """The table with the counts of earlier hours, found by the clock because rows are missing."""
    time = pd.to_datetime(table["dteday"]) + pd.to_timedelta(table["hr"], unit="h")
    counts = pd.Series(table["cnt"].to_numpy(), index=time)
    lagged = {f"lag {lag}": counts.reindex(time - pd.Timedelta(hours=lag)).to_numpy() for lag in BIKE_LAGS}
    return table.assign(**lagged)


def bike_models() -> dict[str, tuple[object, list[str]]]:
    """Name -> pipeline and the columns that it may see."""
    one_hot = make_column_transformer((OneHotEncoder(handle_unknown="ignore"), BIKE_CATEGORIES), remainder="passthrough")
    return {
        "mean of the training rows": (DummyRegressor(), BIKE_FEATURES),
        "linear, 12 raw columns": (LinearRegression(), BIKE_FEATURES),
        "linear, one-hot": (make_pipeline(one_hot, LinearRegression()), BIKE_FEATURES),
        "boosting": (HistGradientBoostingRegressor(random_state=0), BIKE_FEATURES),
        "boosting with lags": (
            HistGradientBoostingRegressor(random_state=0),
            BIKE_FEATURES + [f"lag {lag}" for lag in BIKE_LAGS],
        ),
        "linear with casual and registered (leak)": (LinearRegression(), [*BIKE_FEATURES, "casual", "registered"]),
    }


def bike_scores(table: pd.DataFrame, seed: int | None) -> Numbers:
    """R2 on the last fifth of the rows and on a random fifth; the oracles too where the table is simulated."""
    table = with_lags(table)
    if seed is not None:
        history = simulate_bikes.oracle_with_history(seed)
        table = table.assign(oracle=simulate_bikes.oracle(table), history=history)
    splits = {"time-ordered": by_time(table, 0.8), "random": train_test_split(table, test_size=0.2, random_state=0)}
    rows: Numbers = {}
    for name, (model, columns) in bike_models().items():
        rows[name] = {}
        for split, (train, test) in splits.items():
            predicted = model.fit(train[columns], train["cnt"]).predict(test[columns])
            rows[name][split] = r2_score(test["cnt"], predicted)
    for name, column in {"oracle": "oracle", "oracle with history": "history"}.items():
        rows[name] = {split: r2_score(test["cnt"], test[column]) if seed is not None else np.nan for split, (_, test) in splits.items()}
    return rows


def occupancy_models() -> dict[str, tuple[object, list[str]]]:
    """Name -> classifier and the columns that it may see."""
    no_light = [name for name in SENSORS if name != "Light"]
    return {
        "never occupied": (DummyClassifier(), SENSORS),
        "logistic regression, Light alone": (make_pipeline(StandardScaler(), LogisticRegression()), ["Light"]),
        "logistic regression, all but Light": (make_pipeline(StandardScaler(), LogisticRegression()), no_light),
        "naive Bayes": (GaussianNB(), SENSORS),
        "logistic regression": (make_pipeline(StandardScaler(), LogisticRegression()), SENSORS),
        "RBF support vector machine": (make_pipeline(StandardScaler(), SVC()), SENSORS),
        "boosting": (HistGradientBoostingClassifier(random_state=0), SENSORS),
    }


def occupancy_scores(table: pd.DataFrame, seed: int | None) -> Numbers:
    """Accuracy and F1 on the last 30 % of the minutes, by the five sensors of the same minute."""
    train, test = by_time(table.sort_values("Date"), 0.7)
    rows: Numbers = {}
    for name, (model, columns) in occupancy_models().items():
        predicted = model.fit(train[columns], train["Occupancy"]).predict(test[columns])
        rows[name] = {
            "accuracy": accuracy_score(test["Occupancy"], predicted),
            "F1": f1_score(test["Occupancy"], predicted),
        }
    return rows


def other_seeds(simulate: Callable, scores: Callable) -> tuple[Numbers, Numbers]:
    """Mean and standard deviation of the scores over tables of other seeds: what is luck in the committed one."""
    runs = [pd.DataFrame(scores(simulate(seed), seed)) for seed in OTHER_SEEDS]
    stacked = np.stack([run.to_numpy() for run in runs])
    mean, sd = (pd.DataFrame(values, runs[0].index, runs[0].columns).to_dict() for values in (stacked.mean(axis=0), stacked.std(axis=0, ddof=1)))
    return mean, sd


def markdown(corner: str, form: str, tables: dict[str, Numbers | None]) -> list[str]:
    """One markdown table; each row of the numbers comes once for each of the `tables`, a dash where there is none."""
    numbers = next(iter(tables.values()))
    columns = list(next(iter(numbers.values())))
    lines = ["| " + " | ".join([corner, "table", *columns]) + " |", "| --- | --- |" + " ---: |" * len(columns)]
    for row in numbers:
        for name, source in tables.items():
            values = [np.nan if source is None else source[row][column] for column in columns]
            cells = ["–" if np.isnan(value) else f"{value:{form}}" for value in values]
            lines.append("| " + " | ".join([row, name, *cells]) + " |")
    return [*lines, ""]


def report(originals: Path | None) -> str:
    """The whole comparison as markdown; dashes where the originals would stand if `originals` is None."""
    with threadpool_limits(1):  # the models are small: on a busy machine, threads that wait cost ten times the work
        return "\n".join(sections(originals))


def sections(originals: Path | None) -> list[str]:
    """The lines of the report, three tables for each data set."""
    lines: list[str] = []
    for title, module, file, numeric, scores in [
        ("Bikes", simulate_bikes, "bikes.csv", BIKE_NUMBERS, bike_scores),
        ("Occupancy", simulate_occupancy, "occupancy.csv", [*SENSORS, "Occupancy"], occupancy_scores),
    ]:
        table = module.simulate()
        original = None if originals is None else pd.read_csv(originals / file)
        for name, form, measure in [("marginals", ".4g", marginals), ("correlations", ".2f", correlations)]:
            theirs = None if original is None else measure(original, numeric)
            lines += [f"### {title}: {name}", ""]
            lines += markdown("column", form, {"simulated": measure(table, numeric), "original": theirs})
        mean, sd = other_seeds(module.simulate, scores)
        rows = {
            "simulated": scores(table, module.SEED),
            "five other seeds, mean": mean,
            "five other seeds, sd": sd,
            "original": None if original is None else scores(original, None),
        }
        lines += [f"### {title}: scores", "", *markdown("model", ".3f", rows)]
    return lines


if __name__ == "__main__":
    print(report(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
