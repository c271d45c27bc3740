"""`textbook execute`: a notebook is stored in one form, whatever it looked like before."""

import base64
import json
import subprocess
import sys

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from textbook.normal_form import stored_form


def execute(*arguments):
    return subprocess.run([sys.executable, "-m", "textbook", "execute", *map(str, arguments)], capture_output=True, text=True, check=False)


def write(path, *sources):
    code = [new_code_cell(source, id=f"c{number}") for number, source in enumerate(sources)]
    nbformat.write(new_notebook(cells=[new_markdown_cell("# Title", id="title"), *code]), path)
    return path


QUIZ = """from jupyterquiz import display_quiz
display_quiz([{"type": "numeric", "question": "1 + 1?", "answers": [{"type": "value", "value": 2, "correct": True}]}])"""
PLOT = """import matplotlib.pyplot as plt
fig, ax = plt.subplots()
ax.plot([1, 2])
ax.set(xlabel="time [s]", ylabel="way [m]")
plt.show()"""


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    path = write(tmp_path_factory.mktemp("twice") / "twice.ipynb", "print(1)", "import time\ntime.sleep(0.1)", PLOT, QUIZ)
    texts = []
    for _ in range(2):
        result = execute(path)
        assert result.returncode == 0, result.stderr
        texts.append(path.read_text())
    return texts


def test_running_twice_changes_nothing(twice):
    assert twice[0] == twice[1]


def test_outputs_counts_and_run_time_are_stored(twice):
    notebook = nbformat.reads(twice[0], as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == [1, 2, 3, 4]
    assert code[0].outputs[0].text == "1\n"
    assert notebook.metadata.book.cpu_seconds >= 1
    assert notebook.metadata.kernelspec.name == "python3"


def test_a_figure_is_drawn_in_the_books_style_and_without_metadata(twice):
    notebook = nbformat.reads(twice[0], as_version=4)
    (output,) = [output for cell in notebook.cells[3:4] for output in cell.outputs if "image/png" in output.get("data", {})]
    png = base64.b64decode(output.data["image/png"])
    assert b"tEXt" not in png
    assert png[25] == 6, "with an alpha channel"
    assert output.metadata == {}


def test_the_quiz_keeps_its_id(twice):
    assert "quizc3" in twice[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('xlabel="time [s]", ', "", "The x axis of"),
        ("subplots()", "subplots(figsize=(9, 4))", "9.0 inches wide"),
        ("plt.show()", 'ax.text(0, 1, "tiny", fontsize=9)\nplt.show()', "“tiny” is 6.9 pixels high on a phone"),
        ("plt.show()", 'ax.text(0, 1.5, "pale", color="0.6")\nplt.show()', "“pale” has a contrast of"),
        ("plt.show()", 'ax.axvspan(0, 1, color="0.3")\nax.text(0.3, 1.2, "drowned")\nplt.show()', "“drowned” has a contrast of"),
    ],
)
def test_a_figure_that_can_not_be_read_is_refused(tmp_path, old, new, said):
    path = write(tmp_path / "figure.ipynb", PLOT.replace(old, new))
    before = path.read_text()
    result = execute(path)
    assert result.returncode == 1
    assert "cell 2 raised AssertionError" in result.stderr
    assert said in result.stderr
    assert path.read_text() == before


def test_a_failing_cell_is_named_and_nothing_is_lost(tmp_path):
    path = write(tmp_path / "broken.ipynb", "x = 1", "print(y)")
    before = path.read_text()
    result = execute(path)
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1].startswith(f"{path}: cell 3 raised NameError: name 'y' is not defined.")
    assert "Traceback" not in result.stderr
    assert path.read_text() == before


def test_a_cell_that_takes_too_long_is_named(tmp_path):
    path = write(tmp_path / "slow.ipynb", "while True: pass")
    result = execute("--timeout", 2, path)
    assert result.returncode == 1
    assert str(path) in result.stderr
    assert "Traceback" not in result.stderr


def test_a_dead_kernel_is_named(tmp_path):
    path = write(tmp_path / "dead.ipynb", "import os\nos._exit(1)")
    result = execute(path)
    assert result.returncode == 1
    assert str(path) in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("content", [None, "", "{", "[]"])
def test_what_is_no_notebook_is_named(tmp_path, content):
    path = tmp_path / "none.ipynb"
    if content is not None:
        path.write_text(content)
    result = execute(path)
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
    assert str(path) in result.stderr


outputs = st.lists(st.builds(lambda text: new_output("stream", text=text), st.text()), max_size=2)
cells = st.one_of(
    st.builds(new_markdown_cell, st.text()),
    st.builds(lambda source, outputs, count: new_code_cell(source, outputs=outputs, execution_count=count), st.text(), outputs, st.integers(1, 99)),
)


@given(st.lists(cells, max_size=5), st.dictionaries(st.sampled_from(["jupytext", "kernelspec", "language_info", "book"]), st.just({"name": "x"})))
@settings(deadline=None)
def test_the_stored_form_is_stable_and_keeps_source_and_text(cells, metadata):
    text = stored_form(nbformat.from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells}))
    notebook = nbformat.reads(text, as_version=4)
    assert stored_form(notebook) == text
    assert [cell.source for cell in notebook.cells] == [cell.source for cell in cells]
    assert [cell.get("outputs") for cell in notebook.cells] == [cell.get("outputs") for cell in cells]
    assert json.loads(text)["nbformat"] == 4
