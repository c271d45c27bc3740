"""Simulate two years of hourly bike rentals in an invented town, with a noise floor that is known.

Columns, units and rough shape follow Fanaee-T and Gama (2014), "Event labeling combining ensemble detectors and
background knowledge", Progress in Artificial Intelligence 2:113-127 (UCI data set 275); no row is taken from there.
Run this file to rewrite `bikes.csv` beside it.
"""

from pathlib import Path

import numpy as np
import pandas as pd

SEED = 2011
HOURS_A_YEAR = 365.25 * 24
# The town's public holidays, month-day. The calendar of 2011 and 2012 is real, the holidays are ours.
HOLIDAYS = ["01-01", "01-06", "03-17", "04-23", "05-01", "06-24", "08-15", "10-03", "11-01", "12-25", "12-26"]
SEASON_STARTS = [321, 621, 923, 1221]  # month * 100 + day, as in the original: spring, summer, autumn, winter

# Log-effects on demand: growth in year two, peak of the year (month) and its size, temperature, its square, humidity,
# wind, and weathersit 1 to 4. Near those of a Poisson regression on the original table.
EFFECTS = {
    "registered": (0.49, 9.5, 0.12, 1.0, -2.8, -0.25, -0.2, (0.0, -0.06, -0.49, -0.60)),
    "casual": (0.34, 6.5, 0.25, 2.9, -7.0, -0.60, -0.4, (0.0, -0.06, -0.59, -0.80)),
}
# What drives rentals and no column tells: a shared mood that lasts for hours, and noise of one hour.
MOOD_SD, MOOD_MEMORY, HOUR_SD = 0.17, 0.94, 0.13


def autocorrelated(rng: np.random.Generator, n_hours: int, memory: float) -> np.ndarray:
    """An AR(1) series of shape (n_hours,), mean 0, variance 1; `memory` is the correlation of neighbouring hours."""
    series = rng.standard_normal(n_hours)
    for t in range(1, n_hours):
        series[t] = memory * series[t - 1] + np.sqrt(1 - memory**2) * series[t]
    return series


def bump(hour: pd.Series, centre: float, width: float) -> pd.Series:
    """A bell of height 1 on the clock, where hour 23 and hour 0 are neighbours; `width` in hours."""
    distance = (hour - centre + 12) % 24 - 12
    return np.exp(-0.5 * (distance / width) ** 2)


def expected_counts(table: pd.DataFrame) -> pd.DataFrame:
    """Noise-free rentals an hour, columns casual and registered, given the calendar and weather columns of `table`."""
    hour, working = table["hr"], table["workingday"] == 1
    commute = 380 * bump(hour, 7.8, 0.9) + 270 * bump(hour, 17.5, 1.3)
    commute += 125 * bump(hour, 13, 3) + 135 * bump(hour, 20, 2.3)  # errands at noon, evenings out
    leisure = 190 * bump(hour, 13.8, 3.8) + 50 * bump(hour, 21, 2.5) + 35 * bump(hour, 0.5, 1.4)
    # People stay up late before a free day: the clock and the weekday interact.
    late = 1 + 0.35 * table["weekday"].isin([5, 6]) * bump(hour, 23, 2.5)
    visitors = 36 * bump(hour, 15, 4) + 14 * bump(hour, 18.5, 2.5)
    outings = 98 * bump(hour, 14, 3.5) + 25 * bump(hour, 21, 3.5)
    base = {
        "registered": (4 + np.where(working, commute, leisure)) * late,
        "casual": (1 + np.where(working, visitors, outings)) * late,
    }
    warmth = table["temp"] - 0.5
    expected = {}
    for who in ("casual", "registered"):
        growth, peak, swing, linear, square, humid, wind, sky = EFFECTS[who]
        log_effect = (
            growth * table["yr"]
            + swing * np.cos(2 * np.pi * (table["mnth"] - peak) / 12)
            + linear * warmth
            + square * warmth**2
            + humid * (table["hum"] - 0.63)
            + wind * (table["windspeed"] - 0.19)
            + np.array(sky)[table["weathersit"] - 1]
        )
        expected[who] = base[who] * np.exp(log_effect)
    return pd.DataFrame(expected)


def simulate_with_mood(seed: int) -> tuple[pd.DataFrame, np.ndarray]:
    """The table, and the hidden mood (log scale, sd MOOD_SD) one hour before each of its rows."""
    rng = np.random.default_rng(seed)
    time = pd.Series(pd.date_range("2011-01-01", "2012-12-31 23:00", freq="h"))
    n_hours = len(time)
    weekday = (time.dt.day_of_week + 1) % 7  # 0 is Sunday
    holiday = time.dt.strftime("%m-%d").isin(HOLIDAYS)
    month_day = time.dt.month * 100 + time.dt.day

    year_angle = 2 * np.pi * (np.arange(n_hours) / HOURS_A_YEAR - 20 / 365)  # coldest on 21 January
    warm_hours = np.cos(2 * np.pi * (time.dt.hour - 15) / 24)
    cloud = autocorrelated(rng, n_hours, 0.95)
    celsius = 15.5 - 11 * np.cos(year_angle) + 2.8 * warm_hours + 3.9 * autocorrelated(rng, n_hours, 0.973)
    damp = autocorrelated(rng, n_hours, 0.95)
    humidity = np.clip(63 - 11 * warm_hours + 8.5 * cloud + 13 * damp, 15, 100)  # percent
    gusts = 0.95 * autocorrelated(rng, n_hours, 0.78) - 0.3 * damp
    root_wind = 3.4 + 0.35 * warm_hours + 0.25 * np.cos(year_angle) + gusts
    km_h = np.where(root_wind < 2.25, 0, root_wind**2)  # the anemometer reads calm below about 5 km/h
    # Apparent temperature in the shade (Steadman 1994): vapour pressure in hPa warms, wind in m/s cools.
    vapour = humidity / 100 * 6.105 * np.exp(17.27 * celsius / (237.7 + celsius))
    apparent = celsius + 0.33 * vapour - 0.70 * km_h / 3.6 - 4.0
    table = pd.DataFrame(
        {
            "dteday": time.dt.strftime("%Y-%m-%d"),
            "season": np.searchsorted(SEASON_STARTS, month_day, side="right") % 4 + 1,
            "yr": time.dt.year - 2011,
            "mnth": time.dt.month,
            "hr": time.dt.hour,
            "holiday": holiday.astype(int),
            "weekday": weekday,
            "workingday": (weekday.between(1, 5) & ~holiday).astype(int),
            "weathersit": 1 + np.searchsorted([0.41, 1.38, 3.5], cloud),
            "temp": np.clip((celsius + 8) / 47, 0, 1).round(2),
            "atemp": np.clip((apparent + 16) / 66, 0, 1).round(4),
            "hum": (humidity / 100).round(2),
            "windspeed": np.clip(km_h / 67, 0, 1).round(4),
        }
    )

    expected = expected_counts(table)
    mood = MOOD_SD * autocorrelated(rng, n_hours + 1, MOOD_MEMORY)  # from one hour before the first row on
    shared = np.exp(mood[1:] - MOOD_SD**2 / 2)  # mean 1, so the oracle stays the conditional mean
    for who in ("casual", "registered"):
        own = rng.gamma(HOUR_SD**-2, HOUR_SD**2, n_hours)  # mean 1, sd HOUR_SD
        table[who] = rng.poisson(expected[who] * shared * own)
    table["cnt"] = table["casual"] + table["registered"]

    # The recorder fails for two hours now and then, whatever the demand: rows go missing as in the original.
    failed = rng.random(n_hours) < 0.005
    present = ~(failed | np.roll(failed, 1))
    return table[present].reset_index(drop=True), mood[:-1][present]


def simulate(seed: int = SEED) -> pd.DataFrame:
    """About 17,400 hourly rows with the columns of `bikes.csv`; the README gives their units."""
    return simulate_with_mood(seed)[0]


def oracle(table: pd.DataFrame) -> np.ndarray:
    """E[cnt | calendar and weather of the hour], shape (n_rows,): the floor of a model that knows no other hour.

    A model with lags, or one that is tested on hours between those it was trained on, can go below that floor.
    """
    return expected_counts(table).sum(axis=1).to_numpy()


def oracle_with_history(seed: int = SEED) -> np.ndarray:
    """E[cnt | the same columns and the true mood one hour before], for the rows of `simulate(seed)`.

    The mood is Markov, so nothing that happened before tells more: the floor of every forecast from the past.
    """
    table, mood_before = simulate_with_mood(seed)
    return oracle(table) * np.exp(MOOD_MEMORY * mood_before - (MOOD_MEMORY * MOOD_SD) ** 2 / 2)


if __name__ == "__main__":
    # Bytes, not text: the line ends must not depend on the system.
    Path(__file__).with_name("bikes.csv").write_bytes(simulate().to_csv(index=False, lineterminator="\n").encode())
