"""Rules on terms: bold once, where they are defined; in the glossary; linked where a page first uses them."""

import functools
import re
from collections.abc import Iterator
from pathlib import Path

from autograder.document import Document, Problem
from textbook.prose import ADMONITION, ROLE, running_text

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.S)
_TERM_ROLE = re.compile(r"\{term\}`([^`<]*?)(?: *<([^>]*)>)?`")


def bold_is_for_terms(document: Document) -> Iterator[Problem]:
    for cell in document.markdown:
        text = re.sub(ADMONITION % "objectives", "", cell.source, flags=re.S)
        for bold in _BOLD.findall(_without_code(text)):
            if not _TERM_ROLE.fullmatch(bold):
                yield document.problem(
                    cell, f"“{bold}” is bold and no term.", "A term is bold where it is defined: **{term}`accuracy`**; stress is *italic*."
                )


def _without_code(source: str) -> str:
    return re.sub(r"(\{[\w:-]+\}`[^`]*`)|\$\$.*?\$\$|\$[^$\n]+\$|`[^`\n]*`", lambda match: match.group(1) or "", source, flags=re.S)


def defined_terms(document: Document) -> list[str]:
    """The terms that this page defines, in the glossary's spelling."""
    bold = [_TERM_ROLE.fullmatch(text) for cell in document.markdown for text in _BOLD.findall(cell.source)]
    return [(match.group(2) or match.group(1)).lower() for match in bold if match]


def terms_link_at_first_use(document: Document) -> Iterator[Problem]:
    known = sorted(glossary(_glossary_path(document.path)), key=len, reverse=True)
    if not known:
        return
    pattern = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, known))})(?:s|es)?(?![\w-])", re.I)
    linked: set[str] = set()
    for cell, text in running_text(document):
        for piece in re.split(r"(\{[\w:-]+\}`[^`]*`)", text):
            if role := _TERM_ROLE.fullmatch(piece):
                linked.add((role.group(2) or role.group(1)).lower())
                continue
            if ROLE.fullmatch(piece):
                continue
            for term in pattern.findall(piece):
                if term.lower() not in linked:
                    linked.add(term.lower())  # one complaint is enough
                    yield document.problem(cell, f"The first use of “{term}” does not link to the glossary.", f"Write {{term}}`{term}`.")


def terms_are_known(document: Document) -> Iterator[Problem]:
    known = {term.lower() for term in glossary(_glossary_path(document.path))}
    for cell in document.markdown:
        for words, target in _TERM_ROLE.findall(cell.source):
            if (target or words).lower() not in known:
                yield document.problem(cell, f"“{target or words}” is not in the glossary.", "Add it to book/glossary.md.")


def _glossary_path(page: Path) -> Path:
    return next((folder / "book" / "glossary.md" for folder in page.resolve().parents if (folder / "book" / "glossary.md").exists()), Path())


@functools.cache
def glossary(path: Path) -> list[str]:
    """The terms of the glossary, as they are spelt there."""
    if not path.is_file():
        return []
    block = re.search(r"```\{glossary\}\n(.*?)```", path.read_text(encoding="utf-8"), re.S)
    return re.findall(r"^(\S.*)$", block.group(1), re.M) if block else []
