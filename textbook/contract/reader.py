"""Rules on what the reader does: predict, type, answer a quiz, do exercises; and where they can read on."""

import json
import re
from collections.abc import Iterator

from autograder.document import Document, Problem
from textbook.cells import ANSWER, CHECK, FOLDED_OUTPUT, NOT_YET, RIGHT, UNSEEN, YOUR_TURN
from textbook.prose import ADMONITION

MIN_PREDICTIONS = 2
MIN_YOUR_TURNS = 2
QUIZ_QUESTIONS = 4
EXERCISES = 3


def predictions(document: Document) -> Iterator[Problem]:
    """A cell may hold a prompt, or the answer to the last one; code decides between them, and what it says is folded."""
    prompts, waiting, run_between = 0, None, False
    for cell in document.cells:
        if cell.is_code:
            run_between = True
            if waiting is not None and cell.outputs and not (UNSEEN | FOLDED_OUTPUT) & set(cell.tags):
                yield document.problem(cell, "The reader sees its output while they predict it.", "Fold it: tag the cell `hide-output`.")
            continue
        answered = re.search(ADMONITION % "outcome", cell.source, re.S)
        if answered:
            if waiting is None or not run_between:
                yield document.problem(cell, "It answers a prediction that was not asked before a run.", "Put `predict`, then code, then `outcome`.")
            if not re.search(ADMONITION % "outcome dropdown", cell.source, re.S):
                yield document.problem(cell, "The reader sees what happened while they predict it.", "Fold it: `:class: outcome dropdown`.")
            waiting = None
        asked = re.search(ADMONITION % "predict", cell.source, re.S)
        if asked:
            if waiting is not None:
                yield document.problem(waiting, "The reader's prediction gets no answer.", "Add an admonition of class `outcome` after the run.")
            prompts, waiting, run_between = prompts + 1, cell, False
    if waiting is not None:
        yield document.problem(waiting, "The reader's prediction gets no answer.", "Add an admonition of class `outcome` after the run.")
    if prompts < MIN_PREDICTIONS:
        yield document.problem(None, f"It asks the reader to predict {prompts} times.", "Ask at least twice (admonition of class `predict`).")


def your_turns(document: Document) -> Iterator[Problem]:
    """The task, the blank, the check that refuses it in words, the folded answer. nbval runs the check once more after the answer."""
    blanks = [place for place, cell in enumerate(document.cells) if YOUR_TURN in cell.tags]
    for place in blanks:
        blank = document.cells[place]
        before = document.cells[place - 1] if place else blank
        if not re.search(ADMONITION % YOUR_TURN, before.source, re.S):
            yield document.problem(blank, "No box says what to write.", "Put an admonition of class `your-turn` before it.")
        if "..." not in blank.source or blank.outputs:
            yield document.problem(blank, "It is no blank.", "Write `...` in place of what the reader is to type; it runs, and prints nothing.")
        check, answer = (next((cell for cell in document.cells[place:] if tag in cell.tags), None) for tag in (CHECK, ANSWER))
        if check is None or answer is None or not blank.number < check.number < answer.number:
            yield document.problem(
                blank, "It has no check, or no folded answer.", "Put cells with the tags `check` and `answer` after it, in this order."
            )
            continue
        said = "".join(output.get("text", "") for output in check.outputs)
        if not said.startswith(NOT_YET) or said.count("\n") > 1:
            yield document.problem(check, f"To the blank it says “{said.strip()}”.", f"Print one sentence that begins with “{NOT_YET}”.")
        if RIGHT not in check.source or "hide-input" not in check.tags:
            yield document.problem(
                check, "It does not praise, or it gives the answer away.", f"Print “{RIGHT}...” where it is right; tag it `hide-input`."
            )
        if "hide-cell" not in answer.tags or "..." in answer.source:
            yield document.problem(answer, "It is not folded, or no answer.", "Tag it `hide-cell`, and fill the blank in.")
    if len(blanks) < MIN_YOUR_TURNS:
        yield document.problem(None, f"The reader types {len(blanks)} times.", "Let them type at least twice (tags `your-turn`, `check`, `answer`).")


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
        if question.get("type") == "many_choice" and "choose all" not in question["question"].lower():
            yield document.problem(cell, f"“{question['question']}” does not say that several are right.", "Add: Choose all that apply.")
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
