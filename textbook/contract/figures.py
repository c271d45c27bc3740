"""Rules on figures: what is drawn by a cell, and diagrams drawn by hand."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from autograder.document import Document, Problem
from textbook import prose
from textbook.colours import CARD, MIN_CONTRAST, MIN_LABEL, PAPER, PHONE_WIDTH, contrast

MIN_ALT = 60
_DIRECTIVE = re.compile(r"```+\{figure\} (\S+)\n((?::[\w-]+:[^\n]*\n(?:  [^\n]*\n)*)*)(.*?)```", re.S)


def figures(document: Document) -> Iterator[Problem]:
    for cell in prose.figures(document):
        mystnb = cell.node.metadata.get("mystnb", {})
        figure, alt = mystnb.get("figure", {}), mystnb.get("image", {}).get("alt", "")
        if len(alt) < MIN_ALT:
            yield document.problem(cell, "Its figure has no alt text, or too short a one.", f"Say what is to be seen, in {MIN_ALT} characters.")
        if re.match(r"(?:an? )?(?:image|picture|plot|figure) of", alt, re.I):
            yield document.problem(cell, "The alt text says what kind of thing the figure is.", "Say what is to be seen in it.")
        if not figure.get("caption"):
            yield document.problem(cell, "Its figure has no caption.", "Add mystnb.figure.caption to the cell's metadata.")
        elif figure["caption"].strip() == alt.strip():
            yield document.problem(cell, "Caption and alt text are the same.", "The caption says what it means, the alt text what is to be seen.")
        if not figure.get("name", "").startswith("fig-"):
            yield document.problem(cell, "Its figure has no name.", "Add mystnb.figure.name: fig-<chapter>-<what>.")
        if sum("image/png" in output.get("data", {}) for output in cell.outputs) > 1:
            yield document.problem(cell, "It draws more than one figure.", "One figure a cell: each needs its own caption.")


def figure_references(document: Document) -> Iterator[Problem]:
    text = "\n".join(cell.source for cell in document.markdown)
    for cell in prose.figures(document):
        name = cell.node.metadata.get("mystnb", {}).get("figure", {}).get("name")
        if name and not re.search(rf"`(?:[^`<]*<)?{re.escape(name)}>?`", text):
            yield document.problem(cell, f"No sentence refers to its figure {name}.", f"Write {{numref}}`{name}` where the text speaks of it.")


def plots_end_with_show(document: Document) -> Iterator[Problem]:
    for cell in document.code:
        last = cell.lines[-1].strip() if cell.lines else ""
        if last.endswith(";"):
            yield document.problem(cell, "It ends with a semicolon.", "End a plot with `plt.show()`.")
        elif cell in prose.figures(document) and "plt.show()" not in cell.source:
            yield document.problem(cell, "It draws a figure and does not end with `plt.show()`.", "Add it as the last line.")


def diagrams(document: Document) -> Iterator[Problem]:
    """A diagram of ours: described, referred to, and with words that read on a phone, on paper and in the dark."""
    text = "\n".join(cell.source for cell in document.markdown)
    for cell in document.markdown:
        for match in _DIRECTIVE.finditer(cell.source):
            name, given, caption = match.groups()
            options = dict(re.findall(r"^:([\w-]+): *(.*(?:\n  .*)*)", given, re.M))
            label = options.get("name", "")
            if not label.startswith("fig-") or not re.search(rf"`(?:[^`<]*<)?{re.escape(label)}>?`", text):
                yield document.problem(cell, f"No sentence refers to the diagram {name}.", "Give it a `:name: fig-...`, and write {numref}`fig-...`.")
            if len(options.get("alt", "")) < MIN_ALT:
                yield document.problem(
                    cell, f"The diagram {name} has no alt text, or too short a one.", f"Say what is to be seen, in {MIN_ALT} characters."
                )
            if not caption.strip():
                yield document.problem(cell, f"The diagram {name} has no caption.", "Say what it means.")
            path = document.path.parent / name
            if path.suffix != ".svg":
                continue
            if not path.exists():
                yield document.problem(cell, f"There is no {name}.", "Draw it, or mend its path.")
                continue
            for fault in _faults(ET.parse(path).getroot()):
                yield Problem(path, None, fault, f"A figure is {PHONE_WIDTH} pixels wide on a phone; ink is #24292F.")


def _faults(svg: ET.Element) -> list[str]:
    box = svg.get("viewBox", "").split()
    if len(box) != 4:
        return ["It has no viewBox."]
    smallest = MIN_LABEL * float(box[2]) / PHONE_WIDTH
    found = [] if svg.find("{*}title") is not None and svg.get("role") == "img" else ['It has no title, or is no `role="img"`.']
    for words, size, colour in _texts(svg, {}):
        if size < smallest:
            found.append(f"“{words}” is {size:g} units high; {smallest:.1f} is the least.")
        if min(contrast(colour, PAPER), contrast(colour, CARD)) < MIN_CONTRAST:
            found.append(f"“{words}” in {colour} has too little contrast.")
    return found


def _texts(node: ET.Element, inherited: dict[str, str]) -> Iterator[tuple[str, float, str]]:
    styles = dict(re.findall(r"([\w-]+)\s*:\s*([^;]+)", node.get("style", "")))
    given = {key: value.strip() for key, value in {**inherited, **node.attrib, **styles}.items() if key in ("font-size", "fill")}
    if node.tag.endswith(("}text", "}tspan")) and (node.text or "").strip():
        yield node.text.strip(), float(given.get("font-size", "16").removesuffix("px")), given.get("fill", "#000000")
    for child in node:
        yield from _texts(child, given)
