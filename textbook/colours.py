"""On what figures are seen, how large, and how well a colour has to stand out."""

import re
from collections.abc import Sequence

PAPER = "#ffffff"  # a page in the light, and print
CARD = "#eceef1"  # what book.css puts under a figure in the dark
PHONE_WIDTH = 358  # CSS pixels that a figure gets on a phone 390 wide
MIN_LABEL = 11  # CSS pixels
MIN_CONTRAST = 4.5


def luminance(colour: str | Sequence[float]) -> float:
    """WCAG 2's relative luminance of a colour: `#rrggbb` or three numbers from 0 to 1."""
    parts = [int(pair, 16) / 255 for pair in re.findall("..", _long(colour))] if isinstance(colour, str) else colour
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str | Sequence[float], other: str | Sequence[float]) -> float:
    """WCAG 2's contrast ratio of two colours, from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


_NAMES = {"black": "000000", "white": "ffffff"}


def _long(colour: str) -> str:
    digits = _NAMES.get(colour.lower(), colour.removeprefix("#"))
    return "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
