"""Rules on the numbers in the prose: none is typed; each is bound, unrounded, to the cell that computed it, and stands in an output."""

import ast
import re
from collections.abc import Iterator

from myst_nb.core.variables import format_plain_text

from autograder.document import Document, Problem
from textbook.cells import GLUED, UNSEEN
from textbook.contract.python import tree

GLUE_ROLE = re.compile(r"\{glue(?::\w+)?\}`([^`:]+)(?::([^`]*))?`")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?")


def glued(document: Document) -> dict[str, str]:
    """The glued values by name, as they are stored."""
    outputs = [output for cell in document.code for output in cell.outputs if "scrapbook" in output.get("metadata", {})]
    return {output.metadata["scrapbook"]["name"]: output.data.get(GLUED, output.data.get("text/plain", "")) for output in outputs}


def typed_numbers(document: Document) -> Iterator[Problem]:
    for cell in document.markdown:
        prose = re.sub(r"^(```+|:::+)\{(?:math|code)[^\n]*\n.*?^\1", "", cell.source, flags=re.S | re.M)
        prose = re.sub(r"\$\$.*?\$\$|\$[^$\n]+\$|\{[\w:-]+\}`[^`]*`|`[^`]*`|\]\([^)]*\)", "", prose, flags=re.S)
        for number in re.findall(r"(?<![\w.])\d*\.\d{2,}(?![\w.])|(?<![\w.])\d+(?:\.\d+)? ?%", prose):
            yield document.problem(
                cell, f"The number {number} is typed by hand.", "Glue it to the cell that computes it; set a definition in code or mathematics."
            )


def glued_numbers(document: Document) -> Iterator[Problem]:
    values, used = glued(document), {}
    for cell in document.markdown:
        used |= {key.strip(): cell for key, _ in GLUE_ROLE.findall(cell.source)}
    for key, cell in used.items():
        if key not in values:
            yield document.problem(cell, f"It uses {key}, which no cell glues.", f'Add `glue("{key}", ...)` and run `make execute`.')
    for key in values.keys() - used.keys():
        yield document.problem(None, f"It glues {key} and never uses it.", "Use it in the prose, or remove it.")
    if not used:
        yield document.problem(None, "No number in the prose is bound to the run.", "Glue the results that the text speaks of.")


def glue_whole_numbers(document: Document) -> Iterator[Problem]:
    """What is glued is the value itself: a rounded one would be rounded twice, and a printed text can not be formatted."""
    for key, value in glued(document).items():
        if not re.fullmatch(r"-?(?:\d+(?:\.\d+)?(?:e[-+]?\d+)?|inf)", value):
            yield document.problem(None, f"It glues {key} as {value}.", "Glue a number: `float(...)` or `int(...)`.")
    for cell in document.code:
        for node in ast.walk(tree(cell)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "glue" and len(node.args) > 1:
                called = {
                    getattr(inner.func, "id", getattr(inner.func, "attr", "")) for inner in ast.walk(node.args[1]) if isinstance(inner, ast.Call)
                }
                if "round" in called or any(isinstance(inner, ast.JoinedStr) for inner in ast.walk(node.args[1])):
                    yield document.problem(
                        cell, f"`{ast.unparse(node)}` rounds.", "Glue the full value; the prose rounds it once: {glue:text}`key:.3f`."
                    )


def numbers_in_outputs(document: Document) -> Iterator[Problem]:
    """A number of the prose can be found in an output that the reader sees, digit by digit."""
    printed = "\n".join(
        re.sub(r"<[^>]+>", " ", output.get("text", "") + "\n" + output.get("data", {}).get("text/plain", ""))
        for cell in document.code
        if not UNSEEN & set(cell.tags)
        for output in cell.outputs
    )
    seen, values = {token.rstrip(",") for token in _NUMBER.findall(printed)}, glued(document)
    for cell in document.markdown:
        for key, form in GLUE_ROLE.findall(cell.source):
            if key.strip() not in values:
                continue
            try:
                said = format_plain_text(values[key.strip()], form or "s")
            except (ValueError, TypeError) as error:
                yield document.problem(cell, f"{key} can not be shown as “{form}”: {error}.", "Mend the format.")
                continue
            if not set(_NUMBER.findall(said)) <= seen:
                yield document.problem(cell, f"It says {said} ({key}), which no output shows.", "Print it beside its baseline, with the same digits.")
