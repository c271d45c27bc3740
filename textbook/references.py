"""What a page's roles become in plain words: numbers of figures, titles, terms, citations.

The numbers and titles are those of the last build (`book.json`, which the Sphinx extension writes); terms and citations come from the sources.
"""

import functools
import json
import re
from dataclasses import dataclass
from pathlib import Path

from pybtex.backends.markdown import Backend
from pybtex.database import Entry, parse_file
from pybtex.plugin import find_plugin

BUILD, BUILT = Path("_build"), "book.json"


class NotBuilt(Exception):
    """The book was not built, so nobody knows its numbers. The message says what to do."""


@dataclass(frozen=True)
class References:
    """Attributes:
    root: the project's folder.
    titles: of each page, by its path without suffix.
    labels: what a reference to a label says: "Fig. 3.2", "Exercise 1.3", a section's title.
    """

    root: Path
    titles: dict[str, str]
    labels: dict[str, str]

    @classmethod
    def of_the_last_build(cls, root: Path) -> "References":
        """Raises NotBuilt."""
        path = root / BUILD / BUILT
        if not path.exists():
            raise NotBuilt(f"{path}: the book was not built, so its figures have no numbers yet. Run `make book`.")
        return cls(root, **json.loads(path.read_text(encoding="utf-8")))

    def definition(self, term: str) -> str:
        """The glossary's, as plain text; empty where it has none."""
        return _glossary(self.root / "book" / "glossary.md").get(term.lower(), "")

    def cited(self, key: str, *, in_the_sentence: bool) -> str:
        """`Cox (1958)` in the sentence, `(Cox, 1958)` beside it."""
        entry = self._entry(key)
        names, year = _names(entry), entry.fields.get("year", "")
        return f"{names} ({year})" if in_the_sentence else f"({names}, {year})"

    def entry(self, key: str) -> str:
        """A line of the list of references, in Markdown."""
        return _formatted(self.root / "book" / "references.bib", key)

    def _entry(self, key: str) -> Entry:
        entries = _bibliography(self.root / "book" / "references.bib")
        if key not in entries:
            raise KeyError(f"references.bib has no entry {key}")
        return entries[key]


@functools.cache
def _formatted(path: Path, key: str) -> str:
    entry = _bibliography(path)[key]
    entry.key = key
    formatted = next(iter(_style().format_entries([entry])))
    return re.sub(r"\\([-().&_])", r"\1", formatted.text.render(Backend("utf-8"))).replace("\n", " ")


@functools.cache
def _style() -> object:
    return find_plugin("pybtex.style.formatting", "plain")()


@functools.cache
def _bibliography(path: Path) -> dict[str, Entry]:
    return parse_file(str(path)).entries


def _names(entry: Entry) -> str:
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    last = [" ".join([*person.prelast_names, *person.last_names]).replace("{", "").replace("}", "") for person in people]
    if len(last) > 2:
        return f"{last[0]} et al."
    return " and ".join(last)


@functools.cache
def _glossary(path: Path) -> dict[str, str]:
    block = re.search(r"```\{glossary\}\n(.*?)```", path.read_text(encoding="utf-8"), re.S).group(1)
    found = re.findall(r"^(\S.*)\n((?:  .*\n?)+)", block, re.M)
    return {term.lower(): re.sub(r"\{\w+\}`([^`<]*?)(?: *<[^>]*>)?`|[*`$]", r"\1", " ".join(text.split())) for term, text in found}
