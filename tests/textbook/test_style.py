"""The style sheet of the figures: colours that read on paper and on the card of the dark page, in print, and to the colour-blind."""

import itertools
import re

import matplotlib as mpl
import numpy as np
import pytest

from conftest import ROOT
from textbook.colours import CARD, MIN_CONTRAST, MIN_LABEL, PAPER, PHONE_WIDTH, contrast

STYLE = mpl.rc_params_from_file(ROOT / "book" / "matplotlibrc", use_default_template=False)
INKS = ("text.color", "axes.labelcolor", "axes.titlecolor", "xtick.labelcolor", "ytick.labelcolor")
COLOURS = [f"#{colour.lstrip('#')}" for colour in STYLE["axes.prop_cycle"].by_key()["color"]]
# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
VISION = {
    "normal": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
}


def linear(colour):
    rgb = np.array(mpl.colors.to_rgb(colour))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    xyz = np.clip(rgb, 0, 1) @ np.array([[0.4124, 0.2126, 0.0193], [0.3576, 0.7152, 0.1192], [0.1805, 0.0722, 0.9505]]) / [0.9505, 1, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("ground", [PAPER, CARD], ids=["paper", "card"])
def test_ink_and_colours_stand_out(ground):
    inks = {f"#{STYLE[name]}" if len(str(STYLE[name])) == 6 else STYLE[name] for name in INKS}
    assert all(contrast(ink, ground) >= MIN_CONTRAST for ink in inks)
    assert all(contrast(colour, ground) >= 3 for colour in COLOURS)


def test_the_card_is_the_one_that_the_page_lends():
    css = (ROOT / "book/_static/book.css").read_text()
    assert re.search(r'data-theme="dark"\] .bd-content figure img:not\([^)]*\) \{\s*background-color: (#\w+)', css).group(1) == CARD


def test_a_usual_label_is_high_enough_on_a_phone():
    widest = 6.6  # inches, with the margin that the inline backend leaves
    assert STYLE["font.size"] / 72 * PHONE_WIDTH / widest >= MIN_LABEL - 0.2
    assert all(STYLE[name] == "medium" for name in ("axes.titlesize", "legend.fontsize"))


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
