"""The worked examples of the courses' slides: the chapters reproduce their numbers. nbval holds the stored outputs to a run."""

import re

import nbformat

from conftest import ROOT


def printed(chapter):
    notebook = nbformat.read(ROOT / "book" / chapter, as_version=4)
    return "".join(output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", []))


def test_gradient_descent_on_the_bowl():
    numbers = r"\(\s*5(?:\.0+)?,\s*5(?:\.0+)?\s*\).*?\(\s*4(?:\.0+)?,\s*4(?:\.0+)?\s*\).*?\(\s*3\.20*,\s*3\.20*\s*\)"
    assert re.search(numbers, printed("machine-learning/gradient-descent.ipynb"), re.S)
