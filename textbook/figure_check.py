"""Runs at the start of each kernel that runs a page: a figure that a reader could not read fails its cell.

Its axes have names; it fits the page; its words are high enough on a phone; and each stands out from what lies under it, on paper and on
the card of the dark page. Only here is that known: a stored figure is a picture.
"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.text import Text

from textbook.colours import CARD, MIN_CONTRAST, MIN_LABEL, PAPER, PHONE_WIDTH, contrast

_show = plt.show
_PAD = 0.1  # inches that the inline backend leaves around a figure when it cuts it to what is drawn
_DPI = 60  # enough to see what lies under a word


def _unnamed(axes, which):
    """Whether an axis shows values and nothing says what they are."""
    axis = getattr(axes, f"{which}axis")
    shared = getattr(axes, f"get_shared_{which}_axes")().get_siblings(axes)
    figure_label = getattr(axes.figure, f"_sup{which}label", None)
    named = figure_label is not None or any(getattr(other, f"get_{which}label")() for other in shared)
    return len(axis.get_ticklocs()) > 0 and axis.get_visible() and not named


def _words(figure: Figure) -> list[Text]:
    ticks = {text: axes for axes in figure.axes for text in [*axes.get_xticklabels(), *axes.get_yticklabels()]}
    hidden = {text for text, axes in ticks.items() if not axes.axison}
    frame = figure.get_tightbbox().transformed(figure.dpi_scale_trans)
    found = []
    for text in dict.fromkeys([*figure.findobj(Text), *ticks]):
        if text.get_text().strip() and text.get_visible() and text not in hidden:
            box = text.get_window_extent()
            if box.width > 0 and box.overlaps(frame):
                found.append(text)
    return found


def _without_words(figure: Figure, words: list[Text]) -> np.ndarray:
    """The figure's pixels, its words left out and its layout kept: shape (height, width, 4), 0 to 1, the first row on top."""
    alphas = [text.get_alpha() for text in words]
    for text in words:
        text.set_alpha(0)
    figure.canvas.draw()
    pixels = np.asarray(figure.canvas.buffer_rgba()) / 255
    for text, alpha in zip(words, alphas, strict=True):
        text.set_alpha(alpha)
    return pixels


def _least_contrast(text: Text, pixels: np.ndarray) -> float:
    """Of a word with what lies under most of it, the worse of paper and card."""
    height = len(pixels)
    box = text.get_window_extent()
    rows = slice(max(0, int(height - box.y1)), max(1, int(np.ceil(height - box.y0))))
    under = pixels[rows, max(0, int(box.x0)) : max(1, int(np.ceil(box.x1)))].reshape(-1, 4)
    if not len(under):
        return np.inf
    colour, alpha = plt.matplotlib.colors.to_rgb(text.get_color()), text.get_alpha() or 1
    found = []
    for page in (PAPER, CARD):
        ground = np.median(under[:, :3] * under[:, 3:] + np.array(plt.matplotlib.colors.to_rgb(page)) * (1 - under[:, 3:]), axis=0)
        found.append(contrast(tuple(alpha * np.array(colour) + (1 - alpha) * ground), tuple(ground)))
    return min(found)


def _check(figure: Figure) -> None:
    width = figure.get_figwidth()
    assert 6 <= width <= 7, f"The figure is {width} inches wide. Make it 6 to 7 wide: figsize=(6.4, ...)."
    for axes in figure.axes:
        if axes.axison and axes.has_data():
            missing = [which for which in "xy" if _unnamed(axes, which)]
            assert not missing, f"The {' and '.join(missing)} axis of “{axes.get_title() or 'the figure'}” has no name. Set it, with its unit."
    dpi = figure.dpi
    figure.set_dpi(_DPI)
    figure.canvas.draw()
    words = _words(figure)
    seen = PHONE_WIDTH / (figure.get_tightbbox().width + 2 * _PAD) / 72  # CSS pixels a point, on a phone
    pixels = _without_words(figure, words)
    for text in words:
        size = text.get_fontsize() * seen
        assert size > MIN_LABEL - 0.2, f"“{text.get_text()}” is {size:.1f} pixels high on a phone, less than {MIN_LABEL}. Draw fewer, larger words."
        stands_out = _least_contrast(text, pixels)
        assert stands_out >= MIN_CONTRAST, (
            f"“{text.get_text()}” has a contrast of {stands_out:.1f} with what lies under it, less than {MIN_CONTRAST}."
        )
    figure.set_dpi(dpi)


def show(*arguments, **options):
    for number in plt.get_fignums():
        _check(plt.figure(number))
    _show(*arguments, **options)


plt.show = show
