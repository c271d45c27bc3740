"""The simulated tables: made again to the last byte, physically possible, with the noise floor that is stated."""

import importlib
import shutil
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import r2_score

from conftest import ROOT

DATA = ROOT / "book" / "data"
ORIGINALS = ROOT.parent / "shared" / "data"
HAVE_ORIGINALS = all((ORIGINALS / name).exists() for name in ("bikes.csv", "occupancy.csv"))
needs_originals = pytest.mark.skipif(
    not HAVE_ORIGINALS,
    reason=f"The original tables are not in {ORIGINALS}: the simulated side alone is checked.",
)


@pytest.fixture(scope="module")
def modules():
    """The simulators and the comparison, imported as they import each other: from their own folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(DATA))
        yield {name: importlib.import_module(name) for name in ("simulate_bikes", "simulate_occupancy", "compare")}


@pytest.fixture(scope="module")
def bikes():
    return pd.read_csv(DATA / "bikes.csv")


@pytest.fixture(scope="module")
def occupancy():
    return pd.read_csv(DATA / "occupancy.csv", parse_dates=["Date"])


def parse(markdown: str) -> dict[tuple[str, str, str], list[str]]:
    """(section, row, table) -> the cells behind it."""
    cells, section = {}, ""
    for line in markdown.splitlines():
        if line.startswith("### "):
            section = line.removeprefix("### ")
        elif line.startswith("|") and not line.startswith("| ---"):
            row, table, *values = [cell.strip() for cell in line.strip("|").split("|")]
            cells[section, row, table] = values
    return cells


@pytest.fixture(scope="module")
def readme():
    text = (DATA / "README.md").read_text(encoding="utf-8")
    return parse(text.split("<!-- compare: begin -->")[1].split("<!-- compare: end -->")[0])


@pytest.fixture(scope="module")
def fresh(modules):
    """What compare.py prints now; without the originals, dashes stand where their numbers would."""
    return parse(modules["compare"].report(ORIGINALS if HAVE_ORIGINALS else None))


def rows_of(cells: dict, original: bool) -> dict:
    return {key: row for key, row in cells.items() if (key[2] == "original") == original}


def assert_equal_cells(stated: dict, measured: dict) -> None:
    assert stated.keys() == measured.keys(), "README.md and compare.py do not have the same rows: run compare.py again"
    for key, cells in measured.items():
        for old, new in zip(stated[key], cells, strict=True):
            try:
                # A model's score may differ in the third digit between machines; a copied or stale number does not.
                agree = float(old) == pytest.approx(float(new), abs=0.002, rel=0.001)
            except ValueError:
                agree = old == new
            assert agree, f"README.md states {old} where compare.py prints {new}: {key}"


@pytest.mark.parametrize("name", ["bikes", "occupancy"])
def test_script_writes_the_committed_table(name, tmp_path):
    script = shutil.copy(DATA / f"simulate_{name}.py", tmp_path)
    subprocess.run([sys.executable, "-W", "error", script], check=True, timeout=60)
    assert (tmp_path / f"{name}.csv").read_bytes() == (DATA / f"{name}.csv").read_bytes(), f"Run simulate_{name}.py"
    assert (DATA / f"{name}.csv").stat().st_size < 1_200_000


def test_readme_states_the_number_of_rows(bikes, occupancy):
    text = (DATA / "README.md").read_text(encoding="utf-8")
    assert f"| `bikes.csv` | {len(bikes):,} |" in text
    assert f"| `occupancy.csv` | {len(occupancy):,} |" in text


def test_bikes_calendar_is_real(bikes):
    date = pd.to_datetime(bikes["dteday"])
    time = date + pd.to_timedelta(bikes["hr"], unit="h")
    assert time.is_monotonic_increasing and time.is_unique
    assert (bikes["yr"] == date.dt.year - 2011).all() and (bikes["mnth"] == date.dt.month).all()
    assert (bikes["weekday"] == (date.dt.day_of_week + 1) % 7).all()
    assert (bikes["workingday"] == (bikes["weekday"].between(1, 5) & (bikes["holiday"] == 0))).all()
    first_days = bikes.groupby((bikes["season"] != bikes["season"].shift()).cumsum())["dteday"].first().str[5:]
    assert set(first_days) == {"01-01", "03-21", "06-21", "09-23", "12-21"}
    assert 0.98 < len(bikes) / (24 * (365 + 366)) < 1, "about one hour in a hundred is missing"


def test_bikes_values_are_possible(bikes):
    assert not bikes.isna().any().any()
    assert (bikes["casual"] + bikes["registered"] == bikes["cnt"]).all()
    assert bikes[["casual", "registered"]].min().min() >= 0
    assert bikes[["temp", "atemp", "hum", "windspeed"]].stack().between(0, 1).all()
    assert set(bikes["weathersit"]) == {1, 2, 3, 4}
    july, january = (bikes.loc[bikes["mnth"] == month, "temp"].mean() for month in (7, 1))
    assert july > january + 0.3


def test_occupancy_values_are_possible(occupancy):
    assert not occupancy.isna().any().any()
    assert (occupancy["Date"].diff().dropna() == pd.Timedelta(minutes=1)).all()
    assert occupancy["Temperature"].between(15, 30).all() and occupancy["Humidity"].between(5, 80).all()
    assert (occupancy["Light"] >= 0).all() and (occupancy["CO2"] > 380).all()
    assert 0.19 < occupancy["Occupancy"].mean() < 0.25
    assert occupancy.loc[occupancy["Date"].dt.day_of_week >= 5, "Occupancy"].sum() == 0


def test_light_misleads_both_ways(occupancy):
    someone = occupancy["Occupancy"] == 1
    assert (someone & (occupancy["Light"] < 300)).sum() > 50, "people who sit without the lamp"
    assert (~someone & (occupancy["Light"] > 400)).sum() > 50, "a lamp that burns for nobody"


def test_humidity_ratio_follows_from_its_columns(modules, occupancy):
    ratio = modules["simulate_occupancy"].humidity_ratio
    np.testing.assert_allclose(ratio(occupancy["Temperature"], occupancy["Humidity"]), occupancy["HumidityRatio"], atol=6e-8)
    # Psychrometric tables: air of 20 degrees and 50 % holds 7.26 g of water per kg.
    assert ratio(np.array(20.0), np.array(50.0)) == pytest.approx(0.00726, rel=0.003)


def test_co2_decays_towards_outdoors_in_an_empty_room(occupancy):
    night = occupancy[(occupancy["Date"].dt.hour >= 21) & (occupancy["Date"].dt.day_of_week < 5)]
    by_hour = night.groupby([night["Date"].dt.date, night["Date"].dt.hour])["CO2"].mean().unstack()
    assert (by_hour[23] < by_hour[21]).all()


@pytest.mark.parametrize("seed", [None, 0, 1, 2])
def test_oracle_is_the_conditional_mean(modules, seed):
    simulator = modules["simulate_bikes"]
    seed = simulator.SEED if seed is None else seed
    table = simulator.simulate(seed)
    oracle, history = simulator.oracle(table), simulator.oracle_with_history(seed)
    assert 0.89 < r2_score(table["cnt"], oracle) < 0.92
    assert 0.95 < r2_score(table["cnt"], history) < 0.97
    # Right on average, also where demand is high or low; the mood averages out slowly, hence the width.
    for level in np.array_split(np.argsort(oracle), 4):
        assert table["cnt"].iloc[level].mean() == pytest.approx(oracle[level].mean(), rel=0.05)
        assert table["cnt"].iloc[level].mean() == pytest.approx(history[level].mean(), rel=0.02)


def test_oracle_needs_no_column_that_a_model_may_not_see(modules, bikes):
    hidden = ["dteday", "casual", "registered", "cnt"]
    simulator = modules["simulate_bikes"]
    np.testing.assert_array_equal(simulator.oracle(bikes.drop(columns=hidden)), simulator.oracle(bikes))


def test_readme_states_what_compare_prints(readme, fresh):
    assert readme.keys() == fresh.keys()
    assert_equal_cells(rows_of(readme, original=False), rows_of(fresh, original=False))


def scores(cells: dict, section: str, table: str) -> dict[str, list[float]]:
    """Model -> its scores on one table."""
    return {key[1]: [float(cell) for cell in row] for key, row in cells.items() if (key[0], key[2]) == (section, table)}


@pytest.mark.parametrize("table", ["simulated", "five other seeds, mean"])
def test_ladder_of_bikes(fresh, table):
    score = scores(fresh, "Bikes: scores", table)
    rungs = ["mean of the training rows", "linear, 12 raw columns", "linear, one-hot", "boosting", "oracle"]
    time_ordered = [score[rung][0] for rung in [*rungs, "oracle with history"]]
    assert time_ordered == sorted(time_ordered)
    linear, one_hot, boosting, oracle = time_ordered[1:5]
    assert 0.25 < linear < 0.42 and 0.58 < one_hot < 0.75 and oracle - 0.06 < boosting < oracle
    assert boosting < score["boosting with lags"][0] < score["oracle with history"][0]
    assert score["boosting"][1] == pytest.approx(score["oracle"][1], abs=0.02)
    assert min(score["linear with casual and registered (leak)"]) > 0.999


@pytest.mark.parametrize("table", ["simulated", "five other seeds, mean"])
def test_every_classifier_of_occupancy_beats_the_dummy(fresh, table):
    accuracy = {row: numbers[0] for row, numbers in scores(fresh, "Occupancy: scores", table).items()}
    dummy = accuracy.pop("never occupied")
    assert accuracy["logistic regression, Light alone"] < accuracy["logistic regression"] < 0.99
    for name in ("naive Bayes", "logistic regression", "RBF support vector machine", "boosting"):
        assert accuracy[name] > dummy + 0.05, name


@needs_originals
def test_readme_states_what_the_originals_give(readme, fresh):
    assert_equal_cells(rows_of(readme, original=True), rows_of(fresh, original=True))


@needs_originals
def test_humidity_formula_agrees_with_the_original(modules):
    table = pd.read_csv(ORIGINALS / "occupancy.csv")
    ratio = modules["simulate_occupancy"].humidity_ratio(table["Temperature"], table["Humidity"])
    np.testing.assert_allclose(ratio, table["HumidityRatio"], rtol=0.001)
