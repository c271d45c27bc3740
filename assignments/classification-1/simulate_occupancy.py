"""Simulate the sensors of a small office by the minute: light, CO2, warmth and moisture follow the people in the room.

Columns and units follow Candanedo and Feldheim (2016), "Accurate occupancy detection of an office room from light,
temperature, humidity and CO2 measurements using statistical learning models", Energy and Buildings 112:28-39 (UCI data
set 357); no row is taken from there. Run this file to rewrite `occupancy.csv` beside it.
"""

from pathlib import Path

import numpy as np
import pandas as pd

SEED = 2016
N_MINUTES = 9360  # six and a half days
START = "2016-02-03 00:00"  # a Wednesday
N_DESKS = 3
PRESSURE = 101_325.0  # Pa, of the air at sea level
WATER_TO_AIR = 0.621945  # molar mass of water over that of dry air

# Room of 72 m3 (86 kg of air); a seated person breathes out about 0.3 litres of CO2 a minute.
OUTDOOR_CO2 = 420.0  # ppm
CO2_PER_PERSON = 4.2  # ppm a minute: 0.0003 m3 / 72 m3
AIR_EXCHANGE = 0.009  # share of the room's air replaced in a minute
WINDOW_EXCHANGE = 0.06  # the same with the window open
MOISTURE_PER_PERSON = 4.0e-6  # kg of water per kg of air a minute: 40 g/h, half of it taken up by the walls
CLEANERS_COME, CLEANERS_GO, CARETAKER = (385, 425, 1200)  # minute of the day: 6:25, 7:05, 20:00
LAMP_LUX, SUN_LUX = 430.0, 280.0
HEAT_MEMORY = 0.985  # of room temperature, minute to minute: about an hour


def saturation_pressure(celsius: np.ndarray) -> np.ndarray:
    """Vapour pressure in Pa at which air at `celsius` is saturated: Buck (1981), J. Appl. Meteorology 20:1527-1532."""
    return 611.21 * np.exp(17.502 * celsius / (240.97 + celsius))


def humidity_ratio(celsius: np.ndarray, percent: np.ndarray) -> np.ndarray:
    """kg of water per kg of dry air: ASHRAE Handbook - Fundamentals (2017), chapter 1, equation 20."""
    vapour = percent / 100 * saturation_pressure(celsius)
    return WATER_TO_AIR * vapour / (PRESSURE - vapour)


def autocorrelated(rng: np.random.Generator, n_steps: int, memory_minutes: float) -> np.ndarray:
    """An AR(1) series of shape (n_steps,), mean 0, variance 1, whose correlation falls to 1/e in `memory_minutes`."""
    series, keep = rng.standard_normal(n_steps), np.exp(-1 / memory_minutes)
    for t in range(1, n_steps):
        series[t] = keep * series[t - 1] + np.sqrt(1 - keep**2) * series[t]
    return series


def people_present(rng: np.random.Generator, time: pd.DatetimeIndex) -> np.ndarray:
    """Number of people in the room in each minute, shape (n_minutes,), from the day that each one has."""
    people = np.zeros(len(time), dtype=int)
    minute = np.asarray(time.hour * 60 + time.minute)
    for day in time.normalize().unique():
        if day.day_of_week >= 5:
            continue
        today = np.asarray(time.normalize() == day)
        meetings = rng.uniform(9.5, 16.5, 2) * 60  # of the whole team, elsewhere
        lengths = rng.uniform(20, 75, 2)
        for _ in range(N_DESKS):
            arrives, leaves = rng.normal(8.7 * 60, 30), rng.normal(17.5 * 60, 35)
            lunch = rng.normal(12.6 * 60, 15)
            here = today & (minute >= arrives) & (minute < leaves) & ~((minute >= lunch) & (minute < lunch + 45))
            for begin, length in zip(meetings, lengths, strict=True):
                here &= ~((minute >= begin) & (minute < begin + length))
            if rng.random() < 0.7:  # the others are ill or on the road
                people += here
    return people


def lamp_on(rng: np.random.Generator, people: np.ndarray, daylight: np.ndarray, minute: np.ndarray, weekday: np.ndarray) -> np.ndarray:
    """Whether the lamp burns, shape (n_minutes,): forgotten by who leaves, not needed when the sun is bright."""
    lamp, burning = np.zeros(len(people), dtype=bool), False
    for t in range(1, len(people)):
        came, left = people[t] and not people[t - 1], people[t - 1] and not people[t]
        if came:
            burning = burning or rng.random() < (0.6 if daylight[t] > 120 else 0.95)
        elif left:
            burning = burning and rng.random() < (0.25 if minute[t] > 16 * 60 else 0.1)
        elif people[t] and not burning:
            burning = daylight[t] < 80 and rng.random() < 0.05  # noticed in the end
        elif not people[t] and weekday[t] and minute[t] == CLEANERS_COME:
            burning = True  # for the whole floor, while they work elsewhere
        elif not people[t] and minute[t] in (CLEANERS_GO, CARETAKER):
            burning = False
        lamp[t] = burning
    return lamp


def simulate(seed: int = SEED) -> pd.DataFrame:
    """N_MINUTES rows with the columns of `occupancy.csv`; the README gives their units."""
    rng = np.random.default_rng(seed)
    time = pd.date_range(START, periods=N_MINUTES, freq="min")
    minute = np.asarray(time.hour * 60 + time.minute)
    weekday = np.asarray(time.day_of_week) < 5
    people = people_present(rng, time)

    sun_height = np.clip(np.sin(np.pi * (minute / 60 - 7.5) / 9.5), 0, 1) * ((minute > 450) & (minute < 1020))
    clear_sky = np.exp(-0.6 + 0.6 * autocorrelated(rng, N_MINUTES, 400))
    daylight = SUN_LUX * sun_height**1.5 * clear_sky
    lamp = lamp_on(rng, people, daylight, minute, weekday)

    heated = weekday & (minute >= 7 * 60) & (minute < 18 * 60)
    target = 20.2 + 0.6 * autocorrelated(rng, N_MINUTES, 900)  # degrees Celsius the room would settle at
    target += 0.5 * heated + 0.5 * people + 0.006 * daylight + 0.3 * lamp
    neighbours = 55 * np.exp(0.7 * autocorrelated(rng, N_MINUTES, 700))  # ppm that leak in from the other offices
    outdoor_ratio = 0.0039 * np.exp(0.2 * autocorrelated(rng, N_MINUTES, 1000))  # kg/kg
    window_opens = rng.random(N_MINUTES) < 1 / 150

    temperature, co2, ratio = np.empty((3, N_MINUTES))
    temperature[0], co2[0], ratio[0] = (target[0], OUTDOOR_CO2 + neighbours[0], outdoor_ratio[0])
    open_until = 0
    for t in range(1, N_MINUTES):
        if people[t] and window_opens[t]:
            open_until = t + 10
        exchange = WINDOW_EXCHANGE if t < open_until else AIR_EXCHANGE
        fresh = OUTDOOR_CO2 + neighbours[t]
        co2[t] = co2[t - 1] + CO2_PER_PERSON * people[t] - exchange * (co2[t - 1] - fresh)
        ratio[t] = ratio[t - 1] + MOISTURE_PER_PERSON * people[t] - exchange * (ratio[t - 1] - outdoor_ratio[t])
        temperature[t] = HEAT_MEMORY * temperature[t - 1] + (1 - HEAT_MEMORY) * target[t]

    vapour = PRESSURE * ratio / (WATER_TO_AIR + ratio)
    humidity = 100 * vapour / saturation_pressure(temperature)
    noise = rng.standard_normal((4, N_MINUTES))
    table = pd.DataFrame(
        {
            "Date": time.strftime("%Y-%m-%d %H:%M:%S"),
            "Temperature": (temperature + 0.05 * noise[0]).round(2),
            "Humidity": (humidity + 0.15 * noise[1]).round(2),
            "Light": np.clip((daylight + LAMP_LUX * lamp) * (1 + 0.04 * noise[2]), 0, None).round(1),
            "CO2": (co2 + 8 * noise[3]).round(1),
        }
    )
    table["HumidityRatio"] = humidity_ratio(table["Temperature"], table["Humidity"]).round(7)
    table["Occupancy"] = (people > 0).astype(int)
    return table


if __name__ == "__main__":
    # Bytes, not text: the line ends must not depend on the system.
    Path(__file__).with_name("occupancy.csv").write_bytes(simulate().to_csv(index=False, lineterminator="\n").encode())
