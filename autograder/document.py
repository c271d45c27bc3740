"""A notebook as the tools see it: its cells, its sections, and what is wrong with it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import nbformat

MAX_MEGABYTES = 8


@dataclass(frozen=True)
class Problem:
    """One broken rule: where, what, and how to mend it. `cell` counts from 1; None speaks of the whole file."""

    path: Path
    cell: int | None
    what: str
    cure: str

    def __str__(self) -> str:
        where = f"{self.path}: cell {self.cell}" if self.cell else f"{self.path}"
        return f"{where}: {self.what} {self.cure}"


@dataclass(frozen=True)
class Cell:
    """A cell with its place in the notebook (`number`, from 1)."""

    number: int
    node: nbformat.NotebookNode

    @property
    def source(self) -> str:
        return self.node.source

    @property
    def lines(self) -> list[str]:
        return self.source.splitlines()

    @property
    def is_code(self) -> bool:
        return self.node.cell_type == "code"

    @property
    def is_markdown(self) -> bool:
        return self.node.cell_type == "markdown"

    @property
    def tags(self) -> list[str]:
        return self.node.metadata.get("tags", [])

    @property
    def outputs(self) -> list[nbformat.NotebookNode]:
        return self.node.get("outputs", [])

    @property
    def grading(self) -> dict:
        """nbgrader's metadata of the cell; empty for a plain one."""
        return self.node.metadata.get("nbgrader", {})


def _pieces(node: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    if node.cell_type != "markdown":
        return [node]
    return [nbformat.from_dict({**node, "source": text}) for text in re.split(r"^(?=## )", node.source, flags=re.M) if text.strip()]


@dataclass(frozen=True)
class Document:
    """A notebook on disk."""

    path: Path
    text: str
    node: nbformat.NotebookNode

    @cached_property
    def cells(self) -> list[Cell]:
        """The cells; a Markdown cell that holds several `## ` sections comes as one piece a section, all with the cell's number."""
        return [Cell(number, piece) for number, node in enumerate(self.node.cells, start=1) for piece in _pieces(node)]

    @property
    def code(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.is_code]

    @property
    def markdown(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.is_markdown]

    @property
    def is_assignment(self) -> bool:
        return "solutions" in self.path.resolve().parts

    def section(self, title: str) -> list[Cell]:
        """The cells from the heading `## title...` to the next heading of the same level; empty if there is none."""
        start = next((i for i, cell in enumerate(self.cells) if cell.is_markdown and re.match(rf"## {title}\b", cell.source)), None)
        if start is None:
            return []
        rest = self.cells[start + 1 :]
        end = next((i for i, cell in enumerate(rest) if cell.is_markdown and re.match(r"##? ", cell.source)), len(rest))
        return [self.cells[start], *rest[:end]]

    def problem(self, cell: Cell | None, what: str, cure: str) -> Problem:
        return Problem(self.path, cell.number if cell else None, what, cure)


@dataclass(frozen=True)
class Rule:
    """A named rule. `publishable`: without it a page must not be built at all."""

    find: Callable[[Document], Iterator[Problem]]
    publishable: bool = False

    @property
    def name(self) -> str:
        return self.find.__name__

    def __call__(self, document: Document) -> Iterator[Problem]:
        return self.find(document)


def load(path: Path) -> Document | Problem:
    """Read a notebook; a file that is none comes back as the problem that says so."""
    path = Path(path)
    if not path.exists():
        return Problem(path, None, "The file does not exist.", "Check the name, or restore it with git.")
    if path.stat().st_size > MAX_MEGABYTES * 2**20:
        return Problem(path, None, f"The notebook is larger than {MAX_MEGABYTES} MB.", "Store smaller outputs.")
    try:
        text = path.read_text(encoding="utf-8")
        node = nbformat.reads(text, as_version=4)
        nbformat.validate(node)
    except (UnicodeDecodeError, nbformat.reader.NotJSONError, nbformat.ValidationError, KeyError, AttributeError) as error:
        reason = str(error).strip().splitlines()[0]
        return Problem(path, None, f"Not a notebook of format 4: {reason}.", "Restore it with git, or mend its JSON.")
    return Document(path, text, node)
