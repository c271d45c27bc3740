"""What is published holds no solution and no hidden test: pages, search index, downloads, sources."""

import json
import re

import pytest

from autograder.document import load
from autograder.linting.contract import hidden_lines
from conftest import ASSIGNMENTS, ROOT


def published(html):
    """Every text file of the built book, as (name, text)."""
    for path in html.rglob("*"):
        if path.is_file() and path.suffix in {".html", ".js", ".ipynb", ".md", ".txt", ".json", ".py", ".inv"} and "_vendor" not in path.parts:
            yield path.relative_to(html), path.read_text(encoding="utf-8", errors="replace")


def squeezed(text):
    return re.sub(r"\W+", "", text)


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_no_secret_is_published(html, name):
    source = load(ROOT / "solutions" / name / f"{name}.ipynb")
    # A chapter, or another assignment, may show in public a line that a solution happens to hold too.
    pages = [*ROOT.glob("book/*/*.ipynb"), *ROOT.glob("assignments/*/*.ipynb")]
    public = squeezed("".join("".join(cell["source"]) for path in pages for cell in json.loads(path.read_text())["cells"]))
    words = {squeezed(line) for cell in source.cells for line in hidden_lines(cell.source)}
    words = {word for word in words if word not in public}
    assert len(words) > 10, "the test knows too few lines to look for"
    for path, text in published(html):
        text = re.sub(r"<[^>]+>", "", text) if path.suffix == ".html" else text
        text = re.sub(r"&\w+;|&#\d+;|\\n|\W+", "", text)
        found = [secret for secret in words if secret in text]
        assert found == [], f"{path} publishes {found[:3]}"


def test_no_marker_of_nbgrader_is_published(html):
    for path, text in published(html):
        if "assignments" in str(path) or path.name == "searchindex.js":
            assert not re.search(r"BEGIN (?:SOLUTION|HIDDEN|MARK)", text), path


def test_sources_and_tests_are_not_pages(html):
    names = {str(path.relative_to(html)) for path in html.rglob("*")}
    assert not [name for name in names if re.match(r"(?:_sources/)?(?:solutions|tests|submissions)\b", name)]
