"""Rules on a page as it is stored: run in its place, without errors, in the normal form, with outputs that every machine repeats."""

import re
from collections.abc import Iterator

from autograder.document import Document, Problem
from textbook.normal_form import METADATA, stored_form

CPU_SECONDS = 60
CPU_SECONDS_LONG = 120


def error_outputs(document: Document) -> Iterator[Problem]:
    for cell in document.code:
        for output in cell.outputs:
            if output.output_type == "error":
                yield document.problem(
                    cell, f"It holds an error: {output.ename}: {output.evalue}.", f"Mend the cell and run `make execute NB={document.path}`."
                )


def never_run(document: Document) -> Iterator[Problem]:
    expected = 1
    for cell in document.code:
        if cell.node.execution_count != expected:
            yield document.problem(
                cell, "It was not run in its place in the last run.", f"Run `make execute NB={document.path}`; outputs are stored with the notebook."
            )
            return
        expected += 1


def normal_form(document: Document) -> Iterator[Problem]:
    if document.text != stored_form(document.node):
        yield document.problem(None, "The file is not in the form that `make execute` stores.", f"Run `make execute NB={document.path}`.")


def stderr_outputs(document: Document) -> Iterator[Problem]:
    for cell in document.code:
        if any(output.output_type == "stream" and output.name == "stderr" for output in cell.outputs):
            yield document.problem(cell, "It printed to stderr (a warning?).", "Mend what causes it; readers take warnings for errors.")


def unstable_outputs(document: Document) -> Iterator[Problem]:
    for cell in document.code:
        if "nbval-ignore-output" in cell.tags:
            continue
        for output in cell.outputs:
            data = output.get("data", {})
            text = output.get("text", "") + data.get("text/plain", "")
            if many := re.search(r"\d\.\d{4,}", text):
                yield document.problem(
                    cell, f"The output {many.group()} has more than three decimals.", "Round it: other machines differ in the last digits."
                )
            elif place := re.search(r"(?<![\w.])/(?:home|tmp|work|root|Users)/\S*|0x[0-9a-f]{6,}", text):
                yield document.problem(cell, f"The output {place.group()} differs from machine to machine.", "Print something else.")


def run_time(document: Document) -> Iterator[Problem]:
    book = document.node.metadata.get(METADATA, {})
    measured, most = book.get("cpu_seconds"), CPU_SECONDS_LONG if book.get("long") else CPU_SECONDS
    if measured is None:
        yield document.problem(None, "Its run time was never measured.", f"Run `make execute NB={document.path}`.")
    elif measured > most:
        yield document.problem(None, f"It took {measured} CPU-seconds; the most is {most}.", "Make the experiment smaller.")
