"""The worked examples of the courses' slides: the chapters reproduce their numbers. nbval holds the stored outputs to a run."""

import math
import re

import nbformat
import pytest

from conftest import ROOT


def printed(chapter):
    notebook = nbformat.read(ROOT / "book" / chapter, as_version=4)
    return "".join(output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", []))


def test_gradient_descent_on_the_bowl():
    numbers = r"\(\s*5(?:\.0+)?,\s*5(?:\.0+)?\s*\).*?\(\s*4(?:\.0+)?,\s*4(?:\.0+)?\s*\).*?\(\s*3\.20*,\s*3\.20*\s*\)"
    assert re.search(numbers, printed("machine-learning/gradient-descent.ipynb"), re.S)


def test_one_step_of_backpropagation():
    """Two cases, (0.9, -0.2) of class 0 and (0.75, 0.6) of class 1, cross-entropy, a step of 0.01 for each; the weights are the page's."""
    W, b, w, c = [[1.0, -0.5], [0.5, 1.0]], [0.0, 0.0], [1.0, 2.0], 0.0
    for x, y in [((0.9, -0.2), 0), ((0.75, 0.6), 1)]:
        z = [x[0] * W[0][k] + x[1] * W[1][k] + b[k] for k in range(2)]
        h = [max(0.0, value) for value in z]
        error = 1 / (1 + math.exp(-(h[0] * w[0] + h[1] * w[1] + c))) - y
        back = [error * w[k] if z[k] > 0 else 0.0 for k in range(2)]
        W = [[W[j][k] - 0.01 * x[j] * back[k] for k in range(2)] for j in range(2)]
        b = [b[k] - 0.01 * back[k] for k in range(2)]
        w, c = [w[k] - 0.01 * error * h[k] for k in range(2)], c - 0.01 * error
        said = f"W1 {_rounded(W)}\nb1 {_rounded(b)}\nw2 {_rounded(w)}\nb2 {round(c, 3)}\n"
        assert said in printed("neural-networks/backpropagation.ipynb")


def _rounded(values):
    return [_rounded(value) if isinstance(value, list) else round(value, 3) for value in values]


def test_xor_by_hidden_units():
    table = re.findall(r"^ +(0|2|4|8) +(\d+) +\d\.\d{3}$", printed("neural-networks/perceptron.ipynb"), re.M)
    solved = {int(units): int(count) for units, count in table}
    assert list(solved) == [0, 2, 4, 8]
    assert solved[0] == 0 < solved[2] < solved[4] <= solved[8] == 40


def test_spread_after_fifteen_layers():
    """128 ReLU units a layer, normal weights: a layer multiplies the size by 8 times their standard deviation."""
    rows = dict(re.findall(r"^(0\.01|1|Glorot|He) +(\d+e[+-]\d+) ", printed("training/initialization.ipynb"), re.M))
    known = {"0.01": 3e-17, "1": 3e13, "Glorot": 0.006, "He": 1.2}
    assert rows.keys() == known.keys()
    for start, spread in known.items():
        assert spread / 1.7 < float(rows[start]) < spread * 1.7


def test_one_step_of_backpropagation_by_autograd():
    """PyTorch's autograd and steps print what the page on backpropagation prints: the slopes of the first case, the weights after both."""
    pytest.importorskip("torch")
    by_hand, by_autograd = printed("neural-networks/backpropagation.ipynb"), printed("neural-networks/pytorch.ipynb")
    shown = re.findall(r"W1 \[.*\nb1 .*\nw2 .*\nb2 .*\n", by_autograd)
    assert len(shown) == 2
    assert all(lines in by_hand for lines in shown)


def test_convolution_of_five_by_five():
    """The filter of ones at the corners and in the middle slides over the slides' picture; the answer starts 4, 3, 4."""
    picture = [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]
    ones = [(0, 0), (0, 2), (1, 1), (2, 0), (2, 2)]
    answer = [[sum(picture[i + u][j + v] for u, v in ones) for j in range(3)] for i in range(3)]
    assert answer == [[4, 3, 4], [2, 4, 3], [2, 3, 4]]
    said = "[" + "\n ".join("[" + " ".join(map(str, row)) + "]" for row in answer) + "]\n"
    assert said in printed("neural-networks/convolution.ipynb")
