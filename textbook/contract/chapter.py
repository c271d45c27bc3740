"""The chapter contract: rules over one chapter's stored notebook (see CONTRIBUTING.md for what each asks)."""

import json
import re
from collections.abc import Iterator

from autograder.document import Cell, Document, Problem, Rule
from textbook.execution import METADATA, stored_form

MAX_LINES = 25
SHORT_LINES = 10
CPU_SECONDS = 60
CPU_SECONDS_LONG = 120
MIN_ALT = 60
QUIZ_QUESTIONS = 4
EXERCISES = 3
CLOSING_SECTIONS = ["What goes wrong", "Summary", "Check yourself", "Exercises", "References"]

_ADMONITION = r"(?:```|:::)\{admonition\}[^\n]*\n:class:[^\n]*\b%s\b[^\n]*\n(.*?)\n(?:```|:::)"
_GLUE_ROLE = re.compile(r"\{glue(?::\w+)?\}`([^`:]+)(?::[^`]*)?`")
_GLUED_OUTPUT = "application/papermill.record/text/plain"


def _figures(document: Document) -> list[Cell]:
    return [cell for cell in document.code if any("image/png" in output.get("data", {}) for output in cell.outputs)]


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
            text = output.get("text", "") + data.get("text/plain", "") + data.get(_GLUED_OUTPUT, "")
            if many := re.search(r"\d\.\d{4,}", text):
                yield document.problem(
                    cell, f"The output {many.group()} has more than three decimals.", "Round it: other machines differ in the last digits."
                )
            elif place := re.search(r"(?<![\w.])/(?:home|tmp|work|root|Users)/\S*|0x[0-9a-f]{6,}", text):
                yield document.problem(cell, f"The output {place.group()} differs from machine to machine.", "Print something else.")


def cell_length(document: Document) -> Iterator[Problem]:
    for cell in document.code:
        if len(cell.lines) > MAX_LINES:
            yield document.problem(cell, f"It has {len(cell.lines)} lines; the most is {MAX_LINES}.", "Split it: one idea a cell.")
    shown = [cell for cell in document.code if not {"remove-cell", "remove-input", "hide-input"} & set(cell.tags)]
    short = sum(len(cell.lines) < SHORT_LINES for cell in shown)
    if shown and short * 2 < len(shown):
        yield document.problem(
            None, f"Only {short} of {len(shown)} shown code cells have fewer than {SHORT_LINES} lines.", "Split the long ones; hide plot code."
        )


def objectives(document: Document) -> Iterator[Problem]:
    first = document.cells[0] if document.cells else None
    if first is None or not first.is_markdown or not re.match(r"# \S", first.source):
        yield document.problem(first, "The chapter does not open with a title.", "Begin the first cell with `# Title`.")
        return
    box = re.search(_ADMONITION % "objectives", first.source, re.S)
    items = re.findall(r"^- (.*)$", box.group(1), re.M) if box else []
    if not 3 <= len(items) <= 5:
        yield document.problem(first, f"It names {len(items)} objectives.", "Give 3 to 5 in an admonition of class `objectives`.")
    for item in items:
        if not re.match(r"\*\*\w+", item):
            yield document.problem(first, f"The objective “{item}” does not begin with a verb in bold.", "Say what the reader will be able to do.")


def prerequisites(document: Document) -> Iterator[Problem]:
    first = document.cells[0] if document.cells else None
    box = re.search(_ADMONITION % "prerequisites", first.source if first else "", re.S)
    if not box or not re.search(r"\{(?:doc|ref)\}`[^`]+`", box.group(1)):
        yield document.problem(first, "It does not say what to read first.", "Add an admonition of class `prerequisites` with a {doc} link.")
    if not box or "{run-time}`" not in box.group(1):
        yield document.problem(first, "It does not show the measured run time.", "Write {run-time}`here` in the prerequisites.")


def run_time(document: Document) -> Iterator[Problem]:
    book = document.node.metadata.get(METADATA, {})
    measured, most = book.get("cpu_seconds"), CPU_SECONDS_LONG if book.get("long") else CPU_SECONDS
    if measured is None:
        yield document.problem(None, "Its run time was never measured.", f"Run `make execute NB={document.path}`.")
    elif measured > most:
        yield document.problem(None, f"It took {measured} CPU-seconds; the most is {most}.", "Make the experiment smaller.")


def predictions(document: Document) -> Iterator[Problem]:
    """A cell may hold a prompt, or the answer to the last one; code decides between them."""
    prompts, waiting, run_between = 0, None, False
    for cell in document.cells:
        if cell.is_code:
            run_between = True
            continue
        answered = re.search(_ADMONITION % "outcome", cell.source, re.S)
        if answered:
            if waiting is None or not run_between:
                yield document.problem(cell, "It answers a prediction that was not asked before a run.", "Put `predict`, then code, then `outcome`.")
            waiting = None
        asked = re.search(_ADMONITION % "predict", cell.source, re.S)
        if asked:
            if waiting is not None:
                yield document.problem(waiting, "The reader's prediction gets no answer.", "Add an admonition of class `outcome` after the run.")
            prompts, waiting, run_between = prompts + 1, cell, False
    if waiting is not None:
        yield document.problem(waiting, "The reader's prediction gets no answer.", "Add an admonition of class `outcome` after the run.")
    if prompts < 2:
        yield document.problem(None, f"It asks the reader to predict {prompts} times.", "Ask at least twice (admonition of class `predict`).")


def figures(document: Document) -> Iterator[Problem]:
    for cell in _figures(document):
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
    prose = "\n".join(cell.source for cell in document.markdown)
    for cell in _figures(document):
        name = cell.node.metadata.get("mystnb", {}).get("figure", {}).get("name")
        if name and not re.search(rf"`(?:[^`<]*<)?{re.escape(name)}>?`", prose):
            yield document.problem(cell, f"No sentence refers to its figure {name}.", f"Write {{numref}}`{name}` where the text speaks of it.")


def plots_end_with_show(document: Document) -> Iterator[Problem]:
    for cell in document.code:
        last = cell.lines[-1].strip() if cell.lines else ""
        if last.endswith(";"):
            yield document.problem(cell, "It ends with a semicolon.", "End a plot with `plt.show()`.")
        elif cell in _figures(document) and "plt.show()" not in cell.source:
            yield document.problem(cell, "It draws a figure and does not end with `plt.show()`.", "Add it as the last line.")


def typed_numbers(document: Document) -> Iterator[Problem]:
    for cell in document.markdown:
        prose = re.sub(r"^(```+|:::+)\{(?:math|code)[^\n]*\n.*?^\1", "", cell.source, flags=re.S | re.M)
        prose = re.sub(r"\$\$.*?\$\$|\$[^$\n]+\$|\{[\w:-]+\}`[^`]*`|`[^`]*`|\]\([^)]*\)", "", prose, flags=re.S)
        for number in re.findall(r"(?<![\w.])\d*\.\d{2,}(?![\w.])|(?<![\w.])\d+(?:\.\d+)? ?%", prose):
            yield document.problem(
                cell, f"The number {number} is typed by hand.", "Glue it to the cell that computes it; set a definition in code or mathematics."
            )


def glued_numbers(document: Document) -> Iterator[Problem]:
    glued = {output.metadata["scrapbook"]["name"] for cell in document.code for output in cell.outputs if "scrapbook" in output.get("metadata", {})}
    used = {}
    for cell in document.markdown:
        used |= {key.strip(): cell for key in _GLUE_ROLE.findall(cell.source)}
    for key, cell in used.items():
        if key not in glued:
            yield document.problem(cell, f"It uses {key}, which no cell glues.", f'Add `glue("{key}", ...)` and run `make execute`.')
    for key in glued - used.keys():
        yield document.problem(None, f"It glues {key} and never uses it.", "Use it in the prose, or remove it.")
    if not used:
        yield document.problem(None, "No number in the prose is bound to the run.", "Glue the results that the text speaks of.")


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


def quiz(document: Document) -> Iterator[Problem]:
    shows = [cell for cell in document.section("Check yourself") if cell.is_code and "display_quiz(" in cell.source]
    if len(shows) != 1:
        yield document.problem(None, f"The section “Check yourself” shows {len(shows)} quizzes.", "Show one, with `display_quiz`.")
        return
    cell = shows[0]
    if "shuffle_answers=False" not in cell.source:
        yield document.problem(cell, "The quiz shuffles its answers.", "Write `display_quiz(quiz, shuffle_answers=False)`.")
    if not {"remove-input", "nbval-ignore-output"} <= set(cell.tags):
        yield document.problem(cell, "The quiz cell lacks a tag.", "Give it `remove-input` and `nbval-ignore-output`.")
    script = "".join(output.get("data", {}).get("application/javascript", "") for output in cell.outputs)
    start = re.search(r"var questions\w+=", script)
    questions = json.JSONDecoder().raw_decode(script[start.end() :])[0] if start else []
    if len(questions) < QUIZ_QUESTIONS:
        yield document.problem(cell, f"The quiz has {len(questions)} questions.", f"Ask at least {QUIZ_QUESTIONS}, and run `make execute`.")
    for question in questions:
        answers = question.get("answers", [])
        if not any(answer.get("correct") for answer in answers):
            yield document.problem(cell, f"“{question['question']}” has no right answer.", "Mark one as correct.")
        if not all(answer.get("feedback", "").strip() for answer in answers):
            yield document.problem(cell, f"An answer to “{question['question']}” has no feedback.", "Say why it is right or wrong.")
    choices = [question["answers"] for question in questions if question.get("type") == "multiple_choice"]
    places = [{place for place, answer in enumerate(answers) if answer.get("correct")} for answers in choices]
    if len(places) > 2 and set.intersection(*places):
        yield document.problem(cell, "The right answer always stands in the same place.", "Vary it.")


def exercises(document: Document) -> Iterator[Problem]:
    cells = document.section("Exercises")
    text = "\n".join(cell.source if cell.is_markdown else "<code>" for cell in cells)
    found = list(re.finditer(r"```\{exercise\}[^\n]*\n:label: (\S+)\n", text))
    if len(found) < EXERCISES:
        yield document.problem(cells[0] if cells else None, f"It has {len(found)} exercises.", f"Add at least {EXERCISES}, each with a label.")
    ends = [match.start() for match in found[1:]] + [len(text)]
    for match, end in zip(found, ends, strict=False):
        label, body = match.group(1), text[match.end() : end]
        owner = next(cell for cell in cells if f":label: {label}" in cell.source)
        for hint in ("First hint", "Second hint"):
            if not re.search(rf"\{{admonition\}} {hint}\n:class: [^\n]*dropdown", body):
                yield document.problem(owner, f"Exercise {label} has no folded “{hint}”.", "Add it as an admonition of class `dropdown hint`.")
        solution = re.search(rf"\{{solution-start\}} {re.escape(label)}\n:class: dropdown\n(.*)\{{solution-end\}}", body, re.S)
        if not solution:
            yield document.problem(owner, f"Exercise {label} has no folded solution.", "Add `solution-start` (class dropdown) and `solution-end`.")


def references(document: Document) -> Iterator[Problem]:
    section = document.section("References")
    if section and not any("{footbibliography}" in cell.source for cell in section):
        yield document.problem(section[0], "The references are not listed.", "Add the directive {footbibliography}.")
    if not any("{footcite" in cell.source for cell in document.markdown):
        yield document.problem(None, "It cites nothing.", "Cite the original papers with {footcite:t}`key`.")


CHAPTER_RULES = [
    Rule(error_outputs, publishable=True),
    Rule(never_run, publishable=True),
    Rule(run_time, publishable=True),
    Rule(normal_form),
    Rule(stderr_outputs),
    Rule(unstable_outputs),
    Rule(cell_length),
    Rule(objectives),
    Rule(prerequisites),
    Rule(predictions),
    Rule(figures),
    Rule(figure_references),
    Rule(plots_end_with_show),
    Rule(typed_numbers),
    Rule(glued_numbers),
    Rule(closing_sections),
    Rule(quiz),
    Rule(exercises),
    Rule(references),
]
