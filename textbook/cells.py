"""What marks a cell of a page: its tags, and the words that its parts begin with."""

from nbformat import NotebookNode

from textbook.apart import UNSEEN

YOUR_TURN, CHECK, ANSWER = "your-turn", "check", "answer"  # the reader's blank, what judges it, one right way to fill it
RIGHT, NOT_YET = "Right: ", "Not yet: "  # how a check's one sentence begins
FOLDED_SOURCE = {"hide-input", "hide-cell"}
FOLDED_OUTPUT = {"hide-output", "hide-cell"}
GLUED = "application/papermill.record/text/plain"


def tags(cell: NotebookNode) -> set[str]:
    return set(cell.metadata.get("tags", []))


def is_shown(cell: NotebookNode) -> bool:
    """Code that stands open on the page."""
    return cell.cell_type == "code" and not tags(cell) & (FOLDED_SOURCE | UNSEEN)


def to_run(cell: NotebookNode) -> str:
    """What a kernel is given of a cell: an unseen one's source, wrapped so that it runs apart."""
    return f"__import__('textbook.apart').apart.run({cell.source!r})" if tags(cell) & UNSEEN else cell.source
