"""The cells that load the real data sets: real code, run against a small stand-in file in the format of its source."""

import io
import warnings
import zipfile

import nbformat
import numpy as np
import pandas as pd
import pytest

from conftest import ASSIGNMENTS, CHAPTERS, ROOT

SOURCES = [*CHAPTERS, *(ROOT / "solutions" / name / f"{name}.ipynb" for name in ASSIGNMENTS)]


def online(path):
    """The notebook's cells up to and with the one that downloads."""
    code = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    places = [place for place, source in enumerate(code) if 'os.environ.get("BOOK_ONLINE")' in source]
    return code[: places[0] + 1] if places else []


def zipped(**files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def sms():
    wanted, spam = "ham\tsee you at lunch tomorrow\n", "spam\tfree prize winner click now\n"
    return zipped(SMSSpamCollection=(wanted * 6 + spam) * 700)


def bikes():
    """UCI 275: hour.csv with the columns of our simulated table, and a running number in front."""
    table = pd.read_csv(ROOT / "book" / "data" / "bikes.csv")
    table = table[table["dteday"] >= "2012-06-01"].reset_index(drop=True)
    table.insert(0, "instant", np.arange(1, len(table) + 1))
    return zipped(**{"Readme.txt": "", "day.csv": "", "hour.csv": table.to_csv(index=False)})


def occupancy():
    """UCI 357: three text files out of order, a header without a name for the quoted row numbers."""
    table = pd.read_csv(ROOT / "book" / "data" / "occupancy.csv").rename(columns={"Date": "date"})
    table["date"] = (pd.to_datetime(table["date"]) + pd.Timedelta("4.5D") - pd.Timedelta("365D")).astype(str)
    parts = {"datatest.txt": table[3000:6000], "datatraining.txt": table[:3000], "datatest2.txt": table[6000:]}
    return zipped(**{name: part.to_csv(quoting=2).replace('"",', "", 1) for name, part in parts.items()})


STAND_INS = {
    "data-and-drift": (sms, "228", ["last weights", "baseline"]),
    "classification-1": (occupancy, "357", ["rows, of which occupied"]),
    "regression-1": (bikes, "275", ["linear regression", "boosting"]),
    "regression-2": (bikes, "275", ["last hour", "your model"]),
}


def test_every_loader_is_tested():
    assert {path.stem for path in SOURCES if online(path)} == STAND_INS.keys()


@pytest.mark.parametrize("path", [path for path in SOURCES if online(path)], ids=lambda path: path.stem)
def test_a_loader_reads_its_source(path, monkeypatch, capsys):
    stand_in, number, words = STAND_INS[path.stem]
    asked = []

    def urlopen(address, timeout=None):
        asked.append(address)
        return io.BytesIO(stand_in())

    monkeypatch.setenv("BOOK_ONLINE", "1")
    monkeypatch.setattr("urllib.request.urlopen", urlopen)
    monkeypatch.setattr("matplotlib.pyplot.show", lambda: None)
    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)  # the notebooks replace it
    monkeypatch.chdir(path.parent)
    monkeypatch.syspath_prepend(str(path.parent))
    names = {"__name__": "__main__", "display": print}
    *before, loader = [source.replace("%pip", "pass  # pip") for source in online(path)]
    for source in before:
        exec(compile(source, str(path), "exec"), names)
    capsys.readouterr()
    exec(compile(loader, str(path), "exec"), names)
    printed = capsys.readouterr().out
    assert all(word in printed for word in words), printed
    assert asked == [address for address in asked if address.startswith("https://archive.ics.uci.edu/") and number in address]
    assert len(asked) == 1
