"""Rules on a page's size and shape: its opening, its length, the length of its cells, how it closes."""

import ast
import re
from collections.abc import Iterator

from autograder.document import Document, Problem
from textbook.cells import UNSEEN, is_shown
from textbook.contract.python import tree
from textbook.prose import ADMONITION, words

MAX_WORDS = 3000
MAX_SHOWN_CELLS = 40
MAX_LINES = 25
SHORT_LINES = 10
MAX_COLUMNS = 72
MAX_LOOP_LINES = 12
MAX_LOOP_DEPTH = 2
CLOSING_SECTIONS = ["What goes wrong", "Summary", "Check yourself", "Exercises", "References"]


def page_size(document: Document) -> Iterator[Problem]:
    if (count := words(document)) > MAX_WORDS:
        yield document.problem(None, f"It has {count} words; the most is {MAX_WORDS}.", "Cut, or make two pages of it.")
    shown = sum(is_shown(cell.node) for cell in document.code)
    if shown > MAX_SHOWN_CELLS:
        yield document.problem(None, f"It shows {shown} code cells; the most is {MAX_SHOWN_CELLS}.", "Cut, or make two pages of it.")


def cell_length(document: Document) -> Iterator[Problem]:
    for cell in document.code:
        if len(cell.lines) > MAX_LINES:
            yield document.problem(cell, f"It has {len(cell.lines)} lines; the most is {MAX_LINES}.", "Split it: one idea a cell.")
    shown = [cell for cell in document.code if is_shown(cell.node)]
    short = sum(len(cell.lines) < SHORT_LINES for cell in shown)
    if shown and short * 2 < len(shown):
        yield document.problem(
            None, f"Only {short} of {len(shown)} shown code cells have fewer than {SHORT_LINES} lines.", "Split the long ones; hide plot code."
        )


def line_width(document: Document) -> Iterator[Problem]:
    for cell in document.code:
        wide = max((len(line) for line in cell.lines), default=0)
        if wide > MAX_COLUMNS and not UNSEEN & set(cell.tags):
            yield document.problem(cell, f"A line of it is {wide} characters wide; the most is {MAX_COLUMNS}.", "Break it.")


def loops(document: Document) -> Iterator[Problem]:
    for cell in document.code:
        if UNSEEN & set(cell.tags):
            continue
        for loop, depth in _loops(tree(cell), 1):
            lines = loop.end_lineno - loop.lineno + 1
            if depth > MAX_LOOP_DEPTH:
                yield document.problem(cell, f"Its loops are {depth} deep.", "Give the inner one a name: a function.")
            if lines > MAX_LOOP_LINES and depth == 1 and is_shown(cell.node):
                yield document.problem(cell, f"It has a loop of {lines} lines; the most is {MAX_LOOP_LINES}.", "Give its body a name: a function.")


def _loops(node: ast.AST, depth: int) -> Iterator[tuple[ast.For | ast.While, int]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.For | ast.While):
            yield child, depth
            yield from _loops(child, depth + 1)
        else:
            yield from _loops(child, 1 if isinstance(child, ast.FunctionDef) else depth)


def objectives(document: Document) -> Iterator[Problem]:
    first = document.cells[0] if document.cells else None
    if first is None or not first.is_markdown or not re.match(r"# \S", first.source):
        yield document.problem(first, "The chapter does not open with a title.", "Begin the first cell with `# Title`.")
        return
    box = re.search(ADMONITION % "objectives", first.source, re.S)
    items = re.findall(r"^- (.*)$", box.group(1), re.M) if box else []
    if not 3 <= len(items) <= 5:
        yield document.problem(first, f"It names {len(items)} objectives.", "Give 3 to 5 in an admonition of class `objectives`.")
    for item in items:
        if not re.match(r"\*\*\w+", item):
            yield document.problem(first, f"The objective “{item}” does not begin with a verb in bold.", "Say what the reader will be able to do.")


def prerequisites(document: Document) -> Iterator[Problem]:
    first = document.cells[0] if document.cells else None
    box = re.search(ADMONITION % "prerequisites", first.source if first else "", re.S)
    if not box or not re.search(r"\{(?:doc|ref)\}`[^`]+`", box.group(1)):
        yield document.problem(first, "It does not say what to read first.", "Add an admonition of class `prerequisites` with a {doc} link.")
    if not box or "{run-time}`" not in box.group(1):
        yield document.problem(first, "It does not show the measured run time.", "Write {run-time}`here` in the prerequisites.")
    if not box or "{reading-time}`" not in box.group(1):
        yield document.problem(first, "It does not say how long it takes to read.", "Write {reading-time}`here` in the prerequisites.")


def closing_sections(document: Document) -> Iterator[Problem]:
    found = [re.match(r"## (.*)", cell.source).group(1) for cell in document.markdown if re.match(r"## ", cell.source)]
    places = [next((i for i, heading in enumerate(found) if heading.startswith(section)), None) for section in CLOSING_SECTIONS]
    for section, place in zip(CLOSING_SECTIONS, places, strict=True):
        if place is None:
            yield document.problem(None, f"It has no section “{section}”.", f"Add `## {section}` at the head of a cell.")
    present = [place for place in places if place is not None]
    if present != sorted(present):
        yield document.problem(None, "Its closing sections are out of order.", f"The order is {', '.join(CLOSING_SECTIONS)}.")
    wrong = document.section("What goes wrong")
    if wrong and not any(cell.is_code and "remove-cell" not in cell.tags for cell in wrong):
        yield document.problem(wrong[0], "Nothing goes wrong in “What goes wrong”.", "Provoke the failure in a cell, show it, cure it.")
