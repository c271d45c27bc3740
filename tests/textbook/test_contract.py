"""Every chapter and every assignment keeps its contract; and each rule catches the fault that it is for."""

import copy
import json
import re
import shutil
import subprocess
import sys

import nbformat
import pytest

from conftest import ASSIGNMENTS, CHAPTERS, ROOT
from textbook.contract import ASSIGNMENT_RULES, CHAPTER_RULES, check, load
from textbook.normal_form import stored_form

SOURCES = [ROOT / "solutions" / name / f"{name}.ipynb" for name in ASSIGNMENTS]
CHAPTER = ROOT / "book" / "machine-learning" / "logistic-regression.ipynb"
ASSIGNMENT = ROOT / "solutions" / "classification-1" / "classification-1.ipynb"


@pytest.mark.parametrize("rule", CHAPTER_RULES, ids=lambda rule: rule.name)
@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_chapter(path, rule):
    assert [str(problem) for problem in rule(load(path))] == []


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
    replace(notebook, "plt.show()", "plt.gcf()", [code(notebook, has_figure)])


def type_a_result(notebook):
    notebook.cells[-1].source += "\nIt reaches 0.97, which is 97 % of the rows."


def use_what_is_not_glued(notebook):
    notebook.cells[-1].source += "\n{glue:text}`never-glued:.2f`"


def glue_what_is_not_used(notebook):
    output = nbformat.v4.new_output("display_data", metadata={"scrapbook": {"name": "never-used"}})
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


CHAPTER_FAULTS = {
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


@pytest.mark.parametrize(("fault", "rule"), CHAPTER_FAULTS.items(), ids=lambda value: getattr(value, "__name__", value))
def test_a_broken_chapter_is_caught(tmp_path, fault, rule):
    notebook = nbformat.read(CHAPTER, as_version=4)
    fault(notebook)
    path = tmp_path / "chapter.ipynb"
    path.write_text(stored_form(notebook), encoding="utf-8")
    broken = {found.name for found in CHAPTER_RULES if list(found(load(path)))}
    assert rule in broken
    entailed = {"figure_references", "closing_sections", "references"}  # a lost name or heading is missed elsewhere too
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
