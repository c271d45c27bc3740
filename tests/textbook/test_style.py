"""The style sheet of the figures: colours that read on a white and a dark page, in print, and to the colour-blind."""

import itertools
import re

import matplotlib as mpl
import numpy as np
import pytest

from conftest import ROOT

STYLE = mpl.rc_params_from_file(ROOT / "book" / "matplotlibrc", use_default_template=False)
COLOURS = [f"#{colour.lstrip('#')}" for colour in STYLE["axes.prop_cycle"].by_key()["color"]]
DARK = re.search(r"--pst-color-background: (#\w+)", (ROOT / "book/_static/book.css").read_text()).group(1)

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
VISION = {
    "normal": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
}


def linear(colour):
    rgb = np.array(mpl.colors.to_rgb(colour))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def contrast(a, b):
    """WCAG 2 contrast ratio of two colours."""
    high, low = sorted((linear(colour) @ [0.2126, 0.7152, 0.0722] for colour in (a, b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lab(rgb):
    xyz = np.clip(rgb, 0, 1) @ np.array([[0.4124, 0.2126, 0.0193], [0.3576, 0.7152, 0.1192], [0.1805, 0.0722, 0.9505]]) / [0.9505, 1, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("background", ["#ffffff", DARK], ids=["light", "dark"])
def test_ink_and_colours_stand_out_from_the_page(background):
    assert contrast(STYLE["text.color"], background) >= 4
    assert all(contrast(colour, background) >= 3 for colour in COLOURS)


@pytest.mark.parametrize("vision", VISION)
def test_roles_differ_to_every_eye(vision):
    seen = [lab(VISION[vision] @ linear(colour)) for colour in COLOURS[:5]]
    assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2)) > 10


def test_lines_differ_without_colour():
    styles = [str(style) for style in STYLE["axes.prop_cycle"].by_key()["linestyle"]]
    assert len(set(styles)) == len(styles) == len(COLOURS)


def test_figures_are_transparent_and_fit_the_page():
    assert STYLE["figure.facecolor"] == STYLE["axes.facecolor"] == STYLE["savefig.facecolor"] == "none"
    assert 6 <= STYLE["figure.figsize"][0] <= 7
