"""How a page is re-run: what is no part of the reader's edition can not help it, answers pass their checks, glued numbers are numbers."""

import re
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from textbook.cells import GLUED


def code(source, *tags, printed=None, glued=None):
    outputs = [new_output("stream", name="stdout", text=printed)] if printed else []
    for name, value in (glued or {}).items():
        outputs.append(
            new_output("display_data", {GLUED: value}, metadata={"scrapbook": {"name": name, "mime_prefix": "application/papermill.record/"}})
        )
    return new_code_cell(source, metadata={"tags": list(tags)}, outputs=outputs)


CELLS = [
    code("shown = 1"),
    code("hidden = shown + 1\nassert hidden == 2", "remove-cell"),
    code("assert hidden == 2, 'removed cells share their names'", "remove-cell"),
    code("print('hidden' in globals())", printed="False\n"),
    code("shown = 5"),
    code("shown = shown + 1\nassert shown == 6", "remove-cell"),
    code("print(shown)", printed="5\n"),
    code("answer = ...", "your-turn"),
    code("print('Right: yes.' if answer == 7 else 'Not yet: fill it in.')", "check", printed="Not yet: fill it in.\n"),
    code("answer = 7", "answer"),
    code("print(answer)", printed="Ellipsis\n"),
    code("other = ...", "your-turn"),
    code("print('Right: yes.' if other == 1 else 'Not yet: one.')", "check", printed="Not yet: one.\n"),
    code("other = 2", "answer"),
    new_markdown_cell("```{solution-start} ex\n```"),
    code("shown = 'a solution'\nshown", printed=None),
    new_markdown_cell("```{solution-end}\n```"),
    code("print(shown)", printed="5\n"),
    code("from myst_nb import glue\nglue('near', 0.70540001, display=False)", "remove-cell", glued={"near": "0.7054"}),
    code("glue('far', 0.8, display=False)", "remove-cell", glued={"far": "0.7"}),
    code("print('no longer so')", printed="so\n"),
]
# By the number of the code cell: what has to fail. The second answer is wrong (12 is its check), a glued number and an output have changed.
FAILS = {"Cell 12 answered", "Cell 17", "Cell 18"}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """The outcome of each cell by its name in nbval's report."""
    folder = tmp_path_factory.mktemp("page")
    notebook = new_notebook(cells=[nbformat.from_dict(cell) for cell in CELLS])
    for count, cell in enumerate((cell for cell in notebook.cells if cell.cell_type == "code"), start=1):
        cell.execution_count = count
    solution = next(cell for cell in notebook.cells if cell.source.startswith("shown = 'a solution'"))
    solution.outputs = [new_output("execute_result", {"text/plain": "'a solution'"}, execution_count=solution.execution_count)]
    nbformat.write(notebook, folder / "page.ipynb")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "textbook.rerun",
        "--nbval",
        "-rA",
        "-q",
        "--rootdir",
        str(folder),
        "-c",
        "/dev/null",
        "page.ipynb",
    ]
    said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout
    found = dict(re.findall(r"^(?:PASSED|FAILED) page\.ipynb::(Cell \d+(?: answered)?)()", said, re.M))
    assert found, said
    return {name: bool(re.search(rf"^PASSED page\.ipynb::{name}$", said, re.M)) for name in found}, said


def test_only_what_is_wrong_fails(outcomes):
    passed, said = outcomes
    assert {name for name, good in passed.items() if not good} == FAILS, said
    assert "Cell 8 answered" in passed


def test_a_wrong_answer_is_told(outcomes):
    assert "With the folded answer the check says “Not yet: one.”" in outcomes[1]


def test_a_glued_number_that_changed_is_told(outcomes):
    assert "It glued 0.7 as far; now it glues 0.8." in outcomes[1]
