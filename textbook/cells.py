"""What marks a cell of a page, and what of a page its reader's edition runs."""

import re

from nbformat import NotebookNode

YOUR_TURN, CHECK, ANSWER = "your-turn", "check", "answer"  # the reader's blank, what judges it, one right way to fill it
RIGHT, NOT_YET = "Right: ", "Not yet: "  # how a check's one sentence begins
UNSEEN = {"remove-cell", "remove-input"}
FOLDED_SOURCE = {"hide-input", "hide-cell"}
FOLDED_OUTPUT = {"hide-output", "hide-cell"}
GLUED = "application/papermill.record/text/plain"
SOLUTION = re.compile(r"^```+\{solution-(start|end)\}[^\n]*\n(?::[^\n]*\n)*```+[^\n]*\n?", re.M)


def tags(cell: NotebookNode) -> set[str]:
    return set(cell.metadata.get("tags", []))


def is_shown(cell: NotebookNode) -> bool:
    """Code that stands open on the page."""
    return cell.cell_type == "code" and not tags(cell) & (FOLDED_SOURCE | UNSEEN)


def run_by_the_reader(notebook: NotebookNode) -> list[bool]:
    """For each cell, whether it is code of the reader's edition: seen, and neither an answer nor a solution."""
    found, within = [], False
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for mark in SOLUTION.finditer(cell.source):
                within = mark.group(1) == "start"
        found.append(cell.cell_type == "code" and not within and not tags(cell) & (UNSEEN | {ANSWER}))
    return found


def apart(source: str) -> str:
    """What a kernel is given of code that is no part of the reader's edition (`textbook.apart`)."""
    return f"__import__('textbook.apart').apart.run({source!r})"
