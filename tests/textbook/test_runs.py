"""The long runs behind a page: a part of each gives again what its file holds."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from conftest import ROOT

# A program, the small part of its run, what names a row, and how far another processor's rounding may lead.
PARTS = [
    ("beyond-supervision/runs/architectures", ["--depth", "1", "--out"], ["layers", "activation"], 0.03),
    (
        "beyond-supervision/runs/consistency",
        ["--data", "digits", "--labels", "50", "--seeds", "0", "--out"],
        ["data", "labels", "seed", "method"],
        0.03,
    ),
    (
        "beyond-supervision/runs/search_comparison",
        ["--seeds", "1", "--evaluations", "40", "--tasks", "Branin", "--out"],
        ["task", "method", "seed", "evaluations"],
        0.3,
    ),
]


@pytest.mark.parametrize(("name", "options", "keys", "tolerance"), PARTS, ids=[part[0].rpartition("/")[2] for part in PARTS])
def test_a_part_of_a_run_gives_what_its_file_holds(tmp_path, name, options, keys, tolerance):
    again = tmp_path / "again.csv"
    done = subprocess.run([sys.executable, ROOT / "book" / f"{name}.py", *options, again], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    rows = pd.read_csv(again).astype(dict.fromkeys(keys, str))
    held = pd.read_csv(ROOT / "book" / f"{name}.csv").astype(dict.fromkeys(keys, str))
    both = rows.merge(held, on=keys, how="left", suffixes=("", " held"), validate="one_to_one")
    numbers = [column for column in rows.columns if column not in keys]
    assert len(both) == len(rows) >= 8
    np.testing.assert_allclose(both[numbers], both[[f"{column} held" for column in numbers]], rtol=0, atol=tolerance)


def test_every_run_is_tried():
    assert {str(path.relative_to(ROOT / "book").with_suffix("")) for path in ROOT.glob("book/*/runs/*.py")} == {part[0] for part in PARTS}
