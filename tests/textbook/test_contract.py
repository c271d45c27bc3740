"""Every chapter and every assignment keeps its contract; and each rule catches the fault that it is for."""

import copy
import functools
import json
import re
import shutil
import subprocess
import sys

import nbformat
import pytest

from autograder.linting.contract import ASSIGNMENT_RULES
from conftest import ASSIGNMENTS, CHAPTERS, ROOT
from textbook.cells import GLUED, is_shown
from textbook.contract import CHAPTER_RULES, check, load
from textbook.contract.terms import defined_terms, glossary
from textbook.normal_form import stored_form

SOURCES = [ROOT / "solutions" / name / f"{name}.ipynb" for name in ASSIGNMENTS]
CHAPTER = ROOT / "book" / "machine-learning" / "logistic-regression.ipynb"
ASSIGNMENT = ROOT / "solutions" / "classification-1" / "classification-1.ipynb"


stored = functools.cache(load)


@pytest.mark.parametrize("rule", CHAPTER_RULES, ids=lambda rule: rule.name)
@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_chapter(path, rule):
    assert [str(problem) for problem in rule(stored(path))] == []


@pytest.mark.parametrize("rule", ASSIGNMENT_RULES, ids=lambda rule: rule.name)
@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_assignment(path, rule):
    assert [str(problem) for problem in rule(load(path))] == []


def test_figure_names_and_exercise_labels_are_unique():
    names = []
    for path in CHAPTERS:
        document = load(path)
        names += [figure["name"] for cell in document.code if (figure := cell.node.metadata.get("mystnb", {}).get("figure"))]
        names += re.findall(r"^:label: (\S+)", "\n".join(cell.source for cell in document.markdown), re.M)
    assert sorted(names) == sorted(set(names))


def test_a_term_is_defined_once_in_the_book():
    defined = [term for path in CHAPTERS for term in defined_terms(load(path))]
    assert sorted(defined) == sorted(set(defined))


def test_the_glossary_is_in_order():
    terms = [term.lower() for term in glossary(ROOT / "book" / "glossary.md")]
    assert terms == sorted(set(terms))


def test_every_reference_can_be_found():
    """A DOI where there is one; else an ISBN, an address, or the words that there is none."""
    entries = (ROOT / "book" / "references.bib").read_text().split("\n@")
    bare = [entry.splitlines()[0] for entry in entries if not re.search(r"^ *(?:doi|isbn|url|note) *=", entry, re.M | re.I)]
    assert bare == []
    assert not re.findall(r"doi *= *\{(?!10\.\d{4,}/\S+\})[^}]*\}", "\n".join(entries))


# A fault for every rule ------------------------------------------------------------------------------------------------


def code(notebook, predicate=lambda cell: True):
    return next(cell for cell in notebook.cells if cell.cell_type == "code" and predicate(cell))


def has_figure(cell):
    return any("image/png" in output.get("data", {}) for output in cell.outputs)


def replace(notebook, old, new, cells=None):
    found = [cell for cell in cells or notebook.cells if old in cell.source]
    assert found, f"the chapter has no {old!r} to break"
    found[0].source = found[0].source.replace(old, new, 1)


def raise_error(notebook):
    output = nbformat.v4.new_output("error", ename="ValueError", evalue="no such thing", traceback=[])
    code(notebook).outputs.append(output)


def forget_to_run(notebook):
    code(notebook).execution_count = None


def warn(notebook):
    code(notebook).outputs.append(nbformat.v4.new_output("stream", name="stderr", text="FutureWarning: ..."))


def print_digits(notebook):
    code(notebook).outputs.append(nbformat.v4.new_output("stream", text="0.123456"))


def print_address(notebook):
    code(notebook).outputs.append(nbformat.v4.new_output("stream", text="<object at 0x7f00deadbeef>"))


def lengthen(notebook):
    code(notebook).source += "\n# line" * 30


def forget_the_objectives(notebook):
    replace(notebook, ":class: tip objectives", ":class: tip")


def forget_the_verb(notebook):
    notebook.cells[0].source = re.sub(r"^- \*\*(\w+)\*\*", r"- \1", notebook.cells[0].source, count=1, flags=re.M)


def forget_the_prerequisites(notebook):
    replace(notebook, ":class: note prerequisites", ":class: note")


def type_the_run_time(notebook):
    replace(notebook, "{run-time}`here`", "7 seconds")


def forget_to_measure(notebook):
    notebook.metadata.pop("book")


def take_long(notebook):
    notebook.metadata.book.cpu_seconds = 61


def leave_a_prediction_open(notebook):
    for cell in notebook.cells:
        cell.source = re.sub(r"(:class:[^\n]*)\boutcome\b", r"\1note", cell.source)


def forget_the_alt_text(notebook):
    code(notebook, has_figure).metadata.mystnb.image.alt = "A plot"


def name_the_kind_of_picture(notebook):
    alt = code(notebook, has_figure).metadata.mystnb.image
    alt.alt = "Plot of " + alt.alt


def forget_the_caption(notebook):
    code(notebook, has_figure).metadata.mystnb.figure.caption = ""


def rename_a_figure(notebook):
    code(notebook, has_figure).metadata.mystnb.figure.name = "fig-nobody-refers-to-me"


def end_with_a_semicolon(notebook):
    code(notebook, has_figure).source += ";"


def do_not_show(notebook):
    replace(notebook, "plt.show()", "pass", [code(notebook, has_figure)])


def type_a_result(notebook):
    notebook.cells[-1].source += "\nIt reaches 0.97, which is 97 % of the rows."


def use_what_is_not_glued(notebook):
    notebook.cells[-1].source += "\n{glue:text}`never-glued:.2f`"


def glue_what_is_not_used(notebook):
    output = nbformat.v4.new_output("display_data", {GLUED: "1.0"}, metadata={"scrapbook": {"name": "never-used"}})
    code(notebook).outputs.append(output)


def forget_the_summary(notebook):
    replace(notebook, "## Summary", "## In short")


def swap_the_sections(notebook):
    replace(notebook, "## Summary", "## Swapped")
    replace(notebook, "## References", "## Summary")
    replace(notebook, "## Swapped", "## References")


def let_nothing_go_wrong(notebook):
    for cell in notebook.cells:
        cell.source = re.sub(r"^## What goes wrong", "## What goes wrong\n\nAll is well.\n\n## Another", cell.source, flags=re.M)


def shuffle_the_answers(notebook):
    replace(notebook, "shuffle_answers=False", "shuffle_answers=True")


def _edit_quiz(notebook, edit):
    cell = code(notebook, lambda cell: "display_quiz(" in cell.source and cell.outputs)
    output = next(output for output in cell.outputs if "application/javascript" in output.get("data", {}))
    script = output.data["application/javascript"]
    start = re.search(r"var questions\w+=", script).end()
    questions, end = json.JSONDecoder().raw_decode(script[start:])
    edit(questions)
    output.data["application/javascript"] = script[:start] + json.dumps(questions) + script[start + end :]


def ask_too_little(notebook):
    _edit_quiz(notebook, lambda questions: questions.__delitem__(slice(3, None)))


def forget_the_feedback(notebook):
    _edit_quiz(notebook, lambda questions: questions[0]["answers"][0].update(feedback=" "))


def accept_no_answer(notebook):
    _edit_quiz(notebook, lambda questions: [answer.update(correct=False) for answer in questions[0]["answers"]])


def forget_a_hint(notebook):
    replace(notebook, "{admonition} Second hint", "{admonition} Another hint")


def show_the_solution(notebook):
    replace(notebook, ":class: dropdown\n```", "```", [cell for cell in notebook.cells if "{solution-start}" in cell.source])


def forget_the_references(notebook):
    replace(notebook, "{footbibliography}", "{note}")


def cite_nothing(notebook):
    for cell in notebook.cells:
        cell.source = cell.source.replace("{footcite", "{cite")


def shown(notebook, predicate=lambda cell: True):
    return code(notebook, lambda cell: is_shown(cell) and "your-turn" not in cell.metadata.get("tags", []) and predicate(cell))


def write_too_much(notebook):
    notebook.cells[-1].source += "\n\n" + "and so on " * 1100


def write_a_wide_line(notebook):
    shown(notebook).source += "\n# " + "x" * 75


def loop_deeply(notebook):
    shown(notebook).source += "\nfor a in []:\n    for b in a:\n        for c in b:\n            pass"


def loop_for_long(notebook):
    shown(notebook).source += "\nfor a in []:\n" + "    a = 1\n" * 12


def import_too_early(notebook):
    shown(notebook).source += "\nimport os"


def show_the_glue(notebook):
    shown(notebook).source += '\nglue("x", 1, display=False)'


def plot_by_state(notebook):
    shown(notebook, lambda cell: "plt" not in cell.source).source += "\nplt.title('x')"


def name_it_hat(notebook):
    shown(notebook).source += "\ny_hat = 1"


def leave_the_ddof_open(notebook):
    shown(notebook).source += "\n[].std(axis=0)"


def fit_the_same_model_again(notebook):
    shown(notebook).source += "\nfor seed in []:\n    some_model.fit(seed)"


def define_in_two_sections(notebook):
    places = [place for place, cell in enumerate(notebook.cells) if cell.cell_type == "markdown" and cell.source.startswith("## ")]
    for place in (places[0], places[1]):
        next(cell for cell in notebook.cells[place:] if is_shown(cell)).source += "\nthing = 1"
    next(cell for cell in notebook.cells[places[2] :] if is_shown(cell)).source += "\nthing"


def go_on_with_the_answer(notebook):
    place = next(place for place, cell in enumerate(notebook.cells) if "answer" in cell.metadata.get("tags", []))
    notebook.cells[place].source += "\nmy_own = 1"
    next(cell for cell in notebook.cells[place:] if is_shown(cell)).source += "\nmy_own"


def unfold_the_output(notebook):
    after = next(place for place, cell in enumerate(notebook.cells) if ":class: predict" in cell.source)
    cell = next(cell for cell in notebook.cells[after:] if cell.cell_type == "code" and "hide-output" in cell.metadata.get("tags", []))
    cell.metadata.tags = [tag for tag in cell.metadata.tags if tag != "hide-output"]


def unfold_what_happened(notebook):
    replace(notebook, ":class: outcome dropdown", ":class: outcome")


def fill_the_blank_in(notebook):
    replace(notebook, "...", "0", [code(notebook, lambda cell: "your-turn" in cell.metadata.get("tags", []))])


def say_nothing_to_the_blank(notebook):
    code(notebook, lambda cell: "check" in cell.metadata.get("tags", [])).outputs = []


def show_an_answer(notebook):
    code(notebook, lambda cell: "answer" in cell.metadata.get("tags", [])).metadata.tags = ["answer"]


def do_not_say_that_several_are_right(notebook):
    _edit_quiz(notebook, lambda questions: questions[0].update(type="many_choice", question="Which?"))


def glue_a_text(notebook):
    next(output for cell in notebook.cells for output in cell.get("outputs", []) if "scrapbook" in output.get("metadata", {})).data[GLUED] = "'0.71'"


def round_before_gluing(notebook):
    code(notebook, lambda cell: "glue(" in cell.source).source += '\nglue("x", round(1 / 3, 2), display=False)'


def say_what_is_not_printed(notebook):
    cell = next(cell for cell in notebook.cells if cell.cell_type == "markdown" and re.search(r"\{glue:text\}`[\w-]+:\.\df`", cell.source))
    cell.source = re.sub(r"(\{glue:text\}`[\w-]+:\.)\df`", r"\g<1>7f`", cell.source, count=1)


def be_loud(notebook):
    notebook.cells[-1].source += "\n\nThis is **very** important."


def use_an_unknown_term(notebook):
    notebook.cells[-1].source += "\n\nA {term}`flux capacitor` helps."


def forget_to_link_a_term(notebook):
    notebook.cells[0].source = notebook.cells[0].source.replace("\n\n", "\n\nA zeroth-order glossary word stands here. ", 1)


def describe_no_diagram(notebook):
    cell = next(cell for cell in notebook.cells if "{figure}" in cell.source)
    cell.source = re.sub(r":alt: [^\n]*(?:\n  [^\n]*)*", ":alt: A drawing", cell.source, count=1)


CHAPTER_FAULTS = {
    write_too_much: "page_size",
    write_a_wide_line: "line_width",
    loop_deeply: "loops",
    loop_for_long: "loops",
    import_too_early: "imports_at_first_use",
    show_the_glue: "machinery_out_of_view",
    plot_by_state: "axes_idiom",
    name_it_hat: "one_name_for_predictions",
    leave_the_ddof_open: "spread_says_its_ddof",
    fit_the_same_model_again: "fresh_models_in_loops",
    define_in_two_sections: "names_of_one_section",
    go_on_with_the_answer: "what_a_reader_may_skip",
    unfold_the_output: "predictions",
    unfold_what_happened: "predictions",
    fill_the_blank_in: "your_turns",
    say_nothing_to_the_blank: "your_turns",
    show_an_answer: "your_turns",
    do_not_say_that_several_are_right: "quiz",
    glue_a_text: "glue_whole_numbers",
    round_before_gluing: "glue_whole_numbers",
    say_what_is_not_printed: "numbers_in_outputs",
    be_loud: "bold_is_for_terms",
    use_an_unknown_term: "terms_are_known",
    forget_to_link_a_term: "terms_link_at_first_use",
    describe_no_diagram: "diagrams",
    raise_error: "error_outputs",
    forget_to_run: "never_run",
    forget_to_measure: "run_time",
    take_long: "run_time",
    warn: "stderr_outputs",
    print_digits: "unstable_outputs",
    print_address: "unstable_outputs",
    lengthen: "cell_length",
    forget_the_objectives: "objectives",
    forget_the_verb: "objectives",
    forget_the_prerequisites: "prerequisites",
    type_the_run_time: "prerequisites",
    leave_a_prediction_open: "predictions",
    forget_the_alt_text: "figures",
    name_the_kind_of_picture: "figures",
    forget_the_caption: "figures",
    rename_a_figure: "figure_references",
    end_with_a_semicolon: "plots_end_with_show",
    do_not_show: "plots_end_with_show",
    type_a_result: "typed_numbers",
    use_what_is_not_glued: "glued_numbers",
    glue_what_is_not_used: "glued_numbers",
    forget_the_summary: "closing_sections",
    swap_the_sections: "closing_sections",
    let_nothing_go_wrong: "closing_sections",
    shuffle_the_answers: "quiz",
    ask_too_little: "quiz",
    forget_the_feedback: "quiz",
    accept_no_answer: "quiz",
    forget_a_hint: "exercises",
    show_the_solution: "exercises",
    forget_the_references: "references",
    cite_nothing: "references",
}


def page(folder, text):
    """A chapter's file where a page of the book stands: with the glossary and the diagrams that it needs."""
    (folder / "book" / "part").mkdir(parents=True)
    words = (ROOT / "book" / "glossary.md").read_text(encoding="utf-8")
    (folder / "book" / "glossary.md").write_text(words.replace("```{glossary}\n", "```{glossary}\nzeroth-order glossary word\n  A word.\n\n"))
    (folder / "book" / "part" / "diagrams").symlink_to(CHAPTER.parent / "diagrams")
    path = folder / "book" / "part" / "chapter.ipynb"
    path.write_text(text, encoding="utf-8")
    return path


SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 100" role="img"><title>t</title>
<g font-size="{size}"><text fill="{fill}">word</text></g></svg>"""


@pytest.mark.parametrize(
    ("size", "fill", "said"),
    [("20", "#24292F", None), ("18", "#24292F", "is 18 units high"), ("20", "#5588aa", "too little contrast"), ("12", "black", "units high")],
)
def test_the_words_of_a_diagram_are_measured(tmp_path, size, fill, said):
    notebook = nbformat.read(CHAPTER, as_version=4)
    cell = next(cell for cell in notebook.cells if "{figure} diagrams/" in cell.source)
    cell.source = re.sub(r"\{figure\} diagrams/\S+", "{figure} word.svg", cell.source, count=1)
    path = page(tmp_path, stored_form(notebook))
    (path.parent / "word.svg").write_text(SVG.format(size=size, fill=fill))
    problems = [str(problem) for rule in CHAPTER_RULES if rule.name == "diagrams" for problem in rule(load(path))]
    assert (problems == []) if said is None else (len(problems) == 1 and said in problems[0])


@pytest.mark.parametrize(("fault", "rule"), CHAPTER_FAULTS.items(), ids=lambda value: getattr(value, "__name__", value))
def test_a_broken_chapter_is_caught(tmp_path, fault, rule):
    notebook = nbformat.read(CHAPTER, as_version=4)
    fault(notebook)
    path = page(tmp_path, stored_form(notebook))
    broken = {found.name for found in CHAPTER_RULES if list(found(load(path)))}
    assert rule in broken
    # a lost name or heading is missed elsewhere too; a lost box is text like any other; a text that is no number is in no output
    entailed = {"figure_references", "closing_sections", "references", "numbers_in_outputs", "cell_length"}
    entailed |= {"bold_is_for_terms", "terms_link_at_first_use"}
    assert broken <= {rule} | entailed, "the other rules have nothing to complain about"


def test_a_notebook_saved_by_an_editor_is_not_in_normal_form(tmp_path):
    path = tmp_path / "chapter.ipynb"
    path.write_text(json.dumps(nbformat.read(CHAPTER, as_version=4), indent=2))
    assert "make execute" in str(check(path)[0])


def test_every_chapter_rule_has_a_fault():
    assert {rule.name for rule in CHAPTER_RULES} == set(CHAPTER_FAULTS.values()) | {"normal_form"}


@pytest.fixture
def course(tmp_path):
    """A course of one assignment, to be broken."""
    name = ASSIGNMENT.parent.name
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    for folder in ("solutions", "assignments"):
        shutil.copytree(ROOT / folder / name, tmp_path / folder / name)
    return tmp_path / "solutions" / name / f"{name}.ipynb"


def grading(cell):
    return cell.metadata.get("nbgrader", {})


def test_cell(notebook):
    return code(notebook, lambda cell: grading(cell).get("grade"))


test_cell.__test__ = False


def drop_the_data(notebook, path):
    (path.parent / "occupancy.csv").unlink()


def edit_the_source_only(notebook, path):
    code(notebook, lambda cell: grading(cell).get("locked")).source += "\n# edited"


def lose_the_student_version(notebook, path):
    (path.parent.parent.parent / "assignments" / path.parent.name / path.name).unlink()


def publish_a_solution(notebook, path):
    student = path.parent.parent.parent / "assignments" / path.parent.name / path.name
    student.write_text(path.read_text())


def store_an_output(notebook, path):
    code(notebook).execution_count = 1


def repeat_an_id(notebook, path):
    first, second = [cell for cell in notebook.cells if grading(cell)][:2]
    second.metadata.nbgrader.grade_id = first.metadata.nbgrader.grade_id


def drop_the_tests(notebook, path):
    notebook.cells = [cell for cell in notebook.cells if not (grading(cell).get("grade") and cell.cell_type == "code")]


def forget_the_rubric(notebook, path):
    cell = next(cell for cell in notebook.cells if grading(cell).get("grade") and cell.cell_type == "markdown")
    cell.source = cell.source.replace("=== BEGIN MARK SCHEME ===", "").replace("=== END MARK SCHEME ===", "")


def unlock_a_test(notebook, path):
    test_cell(notebook).metadata.nbgrader.locked = False


def forget_the_region(notebook, path):
    cell = code(notebook, lambda cell: grading(cell).get("solution"))
    cell.source = cell.source.replace("### BEGIN SOLUTION", "#").replace("### END SOLUTION", "#")


def assert_without_a_word(notebook, path):
    test_cell(notebook).source += "\nassert True"


def hide_nothing(notebook, path):
    cell = test_cell(notebook)
    cell.source = re.sub(r"### BEGIN HIDDEN TESTS.*?### END HIDDEN TESTS", "", cell.source, flags=re.S)


def show_nothing(notebook, path):
    test_cell(notebook).source = '### BEGIN HIDDEN TESTS\nassert 1, "one"\n### END HIDDEN TESTS'


def write_a_long_cell(notebook, path):
    code(notebook).source += "\n# line" * 50


ASSIGNMENT_FAULTS = {
    drop_the_data: "data_files",
    edit_the_source_only: "student_version_is_fresh",
    lose_the_student_version: "student_version_is_fresh",
    publish_a_solution: "nothing_hidden_is_published",
    store_an_output: "no_outputs",
    repeat_an_id: "cell_ids",
    drop_the_tests: "graded_cells",
    forget_the_rubric: "graded_cells",
    unlock_a_test: "graded_cells",
    forget_the_region: "solution_regions",
    assert_without_a_word: "test_messages",
    hide_nothing: "visible_and_hidden_tests",
    show_nothing: "visible_and_hidden_tests",
    write_a_long_cell: "cell_length",
}


@pytest.mark.parametrize(("fault", "rule"), ASSIGNMENT_FAULTS.items(), ids=lambda value: getattr(value, "__name__", value))
def test_a_broken_assignment_is_caught(course, fault, rule):
    assert check(course) == []
    notebook = nbformat.read(course, as_version=4)
    before = copy.deepcopy(notebook)
    fault(notebook, course)
    if notebook != before:
        nbformat.write(notebook, course)
    found = {found.name: list(found(load(course))) for found in ASSIGNMENT_RULES if found.name == rule}
    assert found[rule]
    assert found[rule][0].cure


def test_every_assignment_rule_has_a_fault():
    assert {rule.name for rule in ASSIGNMENT_RULES} == set(ASSIGNMENT_FAULTS.values())


# What an author sees ---------------------------------------------------------------------------------------------------


def run(*arguments):
    return subprocess.run([sys.executable, "-m", "textbook", "contract", *map(str, arguments)], capture_output=True, text=True, check=False)


def test_each_problem_is_one_line_that_names_file_cell_and_cure(course):
    notebook = nbformat.read(course, as_version=4)
    notebook.cells[1].source = "edited"
    nbformat.write(notebook, course)
    result = run("--publishable", course)
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert re.search(r"classification-1\.ipynb: cell \d+: The student version is stale", line)
    assert "make assignments" in line


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[1, 2]", b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{}]}'])
def test_a_file_that_is_no_notebook_is_named(tmp_path, content):
    path = tmp_path / "chapter.ipynb"
    path.write_bytes(content)
    result = run(path)
    assert result.returncode == 1
    assert result.stderr.startswith(f"{path}: Not a notebook of format 4")
    assert "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_missing_notebook_is_named(tmp_path):
    result = run(tmp_path / "none.ipynb")
    assert result.returncode == 1
    assert "does not exist" in result.stderr


def test_data_beside_an_assignment_is_the_books():
    """A student's table is the documented one."""
    copies = [path for path in (ROOT / "solutions").glob("*/*") if (ROOT / "book" / "data" / path.name).exists()]
    assert len(copies) >= 3
    assert all(path.read_bytes() == (ROOT / "book" / "data" / path.name).read_bytes() for path in copies)
