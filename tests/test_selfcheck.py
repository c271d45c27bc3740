"""A student's own check, from the command line: the same tests as the grader's, told in words."""

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.proof import read
from conftest import ROOT

NAME = "classification-1"


def check(path: Path) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "autograder", "check", str(path)], capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def notebook(tmp_path):
    folder = shutil.copytree(ROOT / "assignments" / NAME, tmp_path / NAME)
    return folder / f"{NAME}.ipynb"


def answer(path: Path, *submissions: str) -> None:
    written = nbformat.read(path, as_version=4)
    for submission in submissions:
        parts = read(ROOT / "tests" / "submissions" / NAME / f"{submission}.py").parts
        for cell in written.cells:
            cell.source = parts.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
    nbformat.write(written, path)


def test_an_unsolved_notebook_is_told_what_is_missing(notebook):
    before = notebook.read_bytes()
    result = check(notebook)
    assert result.returncode == 1
    assert "0 of 11 visible tests pass." in result.stdout
    assert "the answer is not written yet" in result.stdout
    assert "there is no `models` yet" in result.stdout
    assert notebook.read_bytes() == before


def test_a_right_answer_passes_and_a_mistake_is_named(notebook):
    answer(notebook, "right_reference")
    result = check(notebook)
    assert (result.returncode, result.stdout.count("passes")) == (0, 11), result.stdout
    answer(notebook, "wrong_empty_cell")
    result = check(notebook)
    assert result.returncode == 1
    assert "fails" in result.stdout


@pytest.mark.parametrize(
    ("content", "expected"),
    [(None, "no such file"), ("{", "not a notebook"), ('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "no cell is a test")],
)
def test_what_can_not_be_checked_is_named(tmp_path, content, expected):
    path = tmp_path / "x.ipynb"
    if content is not None:
        path.write_text(content)
    result = check(path)
    assert result.returncode == 2
    assert str(path) in result.stderr and expected in result.stderr
