"""Sphinx extension of the book: what a page says of its own notebook."""

import functools
import gc
import hashlib
import json
import os
import re
import shutil
from pathlib import Path

import pybtex.plugin
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from autograder.document import Problem, load
from autograder.examiner.settings import Settings
from autograder.kernels import Limits
from textbook.edition import EditionError, edition, of_text, text_edition
from textbook.normal_form import METADATA, stored_form
from textbook.prose import minutes
from textbook.references import BUILT, References

EDITIONS = "edition"
READER_BRANCH = "reader"
_log = logging.getLogger(__name__)


class RunTime(SphinxRole):
    """{run-time}`here`: the CPU time of this page's notebook, as `make execute` measured and stored it."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        path = self.env.doc2path(self.env.docname)
        try:
            with open(path, encoding="utf-8") as file:
                seconds = json.load(file)["metadata"]["book"]["cpu_seconds"]
        except (KeyError, ValueError):
            message = f"{path}: no measured run time. Run `make execute NB={path}`."
            return [], [self.inliner.reporter.error(message, line=self.lineno)]
        return [nodes.Text(f"about {seconds} {'second' if seconds == 1 else 'seconds'} (imports not counted)")], []


class ReadingTime(SphinxRole):
    """{reading-time}`here`: the minutes that this page takes to read and to work through, exercises included (`textbook.prose.minutes`)."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        path = Path(self.env.doc2path(self.env.docname))
        document = of_text(path) if path.suffix == ".md" else load(path)
        if isinstance(document, Problem):
            return [], [self.inliner.reporter.error(str(document), line=self.lineno)]
        return [nodes.Text(f"{minutes(document)} minutes")], []


class Limit(SphinxRole):
    """{limit}`memory`: what the grader lets a student's kernel use, as the grader's own code has it."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        limits, settings = Limits(), Settings()
        amounts = {
            "seconds": f"{settings.timeout:g} seconds",
            "memory": f"{limits.memory / 2**30:g} GiB",
            "disk": f"{limits.disk / 2**20:g} MiB",
            "output": f"{limits.output / 2**20:g} MiB",
        }
        if self.text not in amounts:
            message = f"The grader has no limit called {self.text}. Write one of: {', '.join(amounts)}."
            return [], [self.inliner.reporter.error(message, line=self.lineno)]
        return [nodes.Text(amounts[self.text])], []


def set_the_name_beside_the_mark(app: Sphinx, config: Config) -> None:
    """Jupyter Book fills the theme's options itself; what it has no key for is added here."""
    config.html_theme_options.setdefault("logo", {})["text"] = config.html_title


def read_in_parallel(app: Sphinx, config: Config) -> None:
    """Two extensions do not say whether pages may be read side by side. One numbers after all are read, the other is for LaTeX: they may."""
    for name in ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex"):
        if name in app.extensions:
            app.extensions[name].parallel_read_safe = True


def name_the_repository(app: Sphinx, docname: str, source: list[str]) -> None:
    """REPOSITORY_URL in a page is the address that _config.yml names once."""
    source[0] = source[0].replace("REPOSITORY_URL", app.config.html_theme_options["repository_url"])


def configure_mathjax_late(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: nodes.document | None) -> None:
    """Set MathJax's configuration just before MathJax runs, not while the page is read.

    jupyterquiz takes the configuration for a loaded MathJax, fails on it, and fetches another from a CDN. A module's script is deferred,
    so the quiz finds neither; reachable.js typesets it afterwards.
    """
    for script in context.get("script_files", []):
        attributes = getattr(script, "attributes", {})
        if "window.MathJax" in str(attributes.get("body", "")):
            attributes["type"] = "module"


def drop_thebe(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: nodes.document | None) -> None:
    """sphinx-thebe, which Jupyter Book always loads, declares its script twice and from a CDN; the book has no use for it."""

    def of_thebe(script: object) -> bool:
        attributes = getattr(script, "attributes", {})
        return "thebe" in str(getattr(script, "filename", "")).lower() or "thebe" in str(attributes.get("body", "")).lower()

    context["script_files"] = [script for script in context.get("script_files", []) if not of_thebe(script)]


def write_editions(app: Sphinx, failure: Exception | None) -> None:
    """After a build: what the roles say, for `textbook edition`; and each page's edition, which is what its download button gives."""
    if failure is not None or app.builder.name != "html":
        return
    environment, place = app.env, Path(app.outdir).parent
    said = {label: str(title) for label, (_, _, title) in environment.get_domain("std").labels.items()}
    for label, (page, anchor) in environment.get_domain("std").anonlabels.items():
        for kind, numbered in environment.toc_fignumbers.get(page, {}).items():
            if anchor in numbered:
                said[label] = app.config.numfig_format[kind] % ".".join(map(str, numbered[anchor]))
    titles = {page: title.astext() for page, title in environment.titles.items()}
    (place / BUILT).write_text(json.dumps({"titles": titles, "labels": said}, indent=1, sort_keys=True), encoding="utf-8")
    references, editions = References(Path(app.srcdir), titles, said), place / EDITIONS
    sources = [place / BUILT, *(Path(app.srcdir, "book", name) for name in ("glossary.md", "references.bib")), *Path(__file__).parent.glob("*.py")]
    common = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    known = editions / ".made_with"
    same = known.exists() and known.read_text() == common
    whole = True
    for page in sorted(environment.found_docs):
        source = Path(environment.doc2path(page))
        made = editions / f"{page}{source.suffix}"
        if source.suffix == ".md" and "```{raw} html" not in source.read_text(encoding="utf-8"):
            continue  # what is only text reads well enough as it is
        inputs = [source, *source.parent.glob("diagrams/*")]
        if not (same and made.exists() and made.stat().st_mtime >= max(path.stat().st_mtime for path in inputs)):
            whole &= _write_edition(source, made, references)
        if made.exists():  # Sphinx has put the source there, if it wrote the page
            shutil.copyfile(made, Path(app.outdir, "_sources", f"{page}{source.suffix}"))
    if whole:
        known.write_text(common)


def _write_edition(source: Path, made: Path, references: References) -> bool:
    """Write a page's edition; False, and a warning, if it can not be made. An assignment has none: its student version is what a reader opens."""
    is_text = source.suffix == ".md"
    document = of_text(source) if is_text else load(source)
    if isinstance(document, Problem) or not (is_text or METADATA in document.node.metadata):
        return True
    try:
        text = text_edition(document, references) if is_text else stored_form(edition(document, references))
    except EditionError as error:
        _log.warning(str(error))
        return False
    made.parent.mkdir(parents=True, exist_ok=True)
    made.write_text(text, encoding="utf-8")
    return True


def open_the_edition(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: nodes.document | None) -> None:
    """Colab and Binder open the reader's edition: the branch on which the site is published with it (.github/workflows)."""
    branch = app.config.html_theme_options.get("repository_branch", "main")
    for button in [inner for outer in context.get("header_buttons", []) for inner in outer.get("buttons", [])]:
        if button.get("text") in ("Binder", "Colab"):
            button["url"] = re.sub(rf"/{re.escape(branch)}(?=[/?])", f"/{READER_BRANCH}", button["url"], count=1)


def setup(app: Sphinx) -> dict[str, bool]:
    app.parallel = os.cpu_count() or 1  # Jupyter Book's command has no option for it
    gc.disable()  # a build makes millions of nodes and keeps them; to look for waste among them takes a third of its time
    # pybtex asks every installed package for its plugins, at each citation; once is enough
    pybtex.plugin._load_entry_point = functools.cache(pybtex.plugin._load_entry_point)
    app.add_role("run-time", RunTime())
    app.add_role("reading-time", ReadingTime())
    app.add_role("limit", Limit())
    app.connect("config-inited", set_the_name_beside_the_mark)
    app.connect("config-inited", read_in_parallel)
    app.connect("source-read", name_the_repository)
    app.connect("html-page-context", configure_mathjax_late, priority=900)
    app.connect("html-page-context", drop_thebe, priority=900)  # after sphinx-thebe added them
    app.connect("html-page-context", open_the_edition, priority=900)  # after sphinx-book-theme added the buttons
    app.connect("build-finished", write_editions)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
