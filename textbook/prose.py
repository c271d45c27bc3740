"""A page's Markdown as its reader meets it: what is prose, how much of it there is, and how long it takes to work through."""

import re
from collections.abc import Iterator

from autograder.document import Cell, Document
from textbook.cells import UNSEEN, YOUR_TURN, is_shown

# How long a reader takes. Measured on nobody: the usual pace of careful reading, and what a step of work is given in a lesson plan.
WORDS_A_MINUTE = 180
LINES_A_MINUTE = 15
MINUTES = {"figure": 0.5, "predict": 1.0, "your turn": 3.0, "question": 1.0, "exercise": 8.0}

ADMONITION = r"(?:```+|:::+)\{admonition\}[^\n]*\n:class:[^\n]*\b%s\b[^\n]*\n(.*?)\n(?:```|:::)"
ROLE = re.compile(r"\{([\w:-]+)\}`([^`]*)`")
_FENCE = re.compile(r"^(```+|:::+)(?:\{([\w:-]+)\})?(.*)$")
_NO_PROSE = {"math", "code", "code-cell", "mermaid", "raw", "footbibliography"}
_MARKS = re.compile(r"^:[\w-]+:(?! *\S+`)[^\n]*$|^\([\w-]+\)=$|^\|?[ :|-]+\|[ :|-]*$|^\$\$.*?\$\$[^\n]*$|<!--.*?-->", re.S | re.M)
_INLINE = re.compile(r"(?P<role>\{[\w:-]+\}`[^`]*`)|\$[^$\n]+\$|`[^`\n]+`|(?<=\])\([^)\s]*\)")


def prose(source: str, *, titles: bool = True) -> str:
    """Markdown without code, mathematics, links' addresses and the marks of directives; their text and all roles stay, boxes' titles if asked."""
    return _INLINE.sub(lambda match: match["role"] or " ", _MARKS.sub("", _without_fences(source, titles)))


def _without_fences(source: str, titles: bool) -> str:
    """The lines of the text and of the directives that hold text."""
    kept, inside = [], []  # the marks that will close what is open, and whether it holds text
    for line in source.splitlines():
        fence = _FENCE.match(line)
        if fence and inside and line.rstrip() == inside[-1][0]:
            inside.pop()
        elif fence and all(text for _, text in inside):
            inside.append((fence[1], bool(fence[2]) and fence[2] not in _NO_PROSE))
            kept.append(fence[3].strip() if titles and fence[2] in ("admonition", "exercise") else "")
        elif all(text for _, text in inside):
            kept.append(line)
    return "\n".join(kept)


def words(document: Document) -> int:
    """The words that a reader has before them: text, boxes, exercises and hints, tables, captions."""
    captions = [cell.node.metadata.get("mystnb", {}).get("figure", {}).get("caption", "") for cell in document.code]
    text = "\n".join([*(prose(cell.source) for cell in document.markdown), *captions])
    return len(re.findall(r"[^\W\d_][\w'’.-]*", ROLE.sub(_said, text)))


def _said(role: re.Match[str]) -> str:
    """About the words that a role becomes."""
    text = role.group(2)
    return re.sub(r" *<[^>]*>$", "", text) if "<" in text else re.split(r"[:/]", text)[-1]


def minutes(document: Document) -> int:
    """Minutes to read a page and to work through it, in steps of five."""
    text = "\n".join(cell.source for cell in document.markdown)
    shown = [cell for cell in document.code if is_shown(cell.node)]
    steps = {
        "figure": len(figures(document)) + len(re.findall(r"\{figure\}", text)),
        "predict": len(re.findall(ADMONITION % "predict", text, re.S)),
        "your turn": sum(YOUR_TURN in cell.tags for cell in document.code),
        "question": sum(cell.source.count('"question":') for cell in document.code if UNSEEN & set(cell.tags)),
        "exercise": len(re.findall(r"\{exercise\}", text)),
    }
    total = words(document) / WORDS_A_MINUTE + sum(len(cell.lines) for cell in shown) / LINES_A_MINUTE
    total += sum(MINUTES[step] * count for step, count in steps.items())
    return max(5, 5 * round(total / 5))


def figures(document: Document) -> list[Cell]:
    """The cells that draw a figure."""
    return [cell for cell in document.code if any("image/png" in output.get("data", {}) for output in cell.outputs)]


def running_text(document: Document) -> Iterator[tuple[Cell, str]]:
    """Each Markdown cell with its prose as it runs: without headings, and without the two boxes of the opening."""
    for cell in document.markdown:
        source = cell.source
        for box in ("objectives", "prerequisites"):
            source = re.sub(ADMONITION % box, lambda match: re.sub(r"[^\n]", " ", match.group()), source, flags=re.S)
        yield cell, re.sub(r"^#+ .*$", "", prose(source, titles=False), flags=re.M)
