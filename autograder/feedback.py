"""What a student may see of a result: the marks, the comments and the messages, and no hidden test.

`nbgrader generate_feedback` runs this by configuration (nbgrader_config.py).
"""

import re

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

_HIDDEN = re.compile(r"^[ \t]*### BEGIN HIDDEN TESTS\n(.*?)^[ \t]*### END HIDDEN TESTS", re.S | re.M)
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


class RedactHiddenTests(NbGraderPreprocessor):
    """Remove hidden tests from the source of a graded notebook, and from whatever it printed.

    A failed test keeps its message. Its traceback goes: it quotes the lines around the failure.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        hidden = {line.strip() for cell in nb.cells for block in _HIDDEN.findall(cell.source) for line in block.splitlines() if len(line.strip()) > 8}
        for cell in nb.cells:
            tested = bool(_HIDDEN.search(cell.source))
            cell.source = _HIDDEN.sub("# (hidden tests ran here)", cell.source)
            for output in cell.get("outputs", []):
                if tested and output.output_type == "error":
                    output.traceback = [f"{output.ename}: {output.evalue}"]
                _redact(output, hidden)
        return nb, resources


def _redact(output: NotebookNode, hidden: set[str]) -> None:
    """Blank every line of an output that quotes a hidden line, in place."""

    def clean(text: str) -> str:
        kept = ("[hidden]" if any(secret in _ANSI.sub("", line) for secret in hidden) else line for line in text.split("\n"))
        return "\n".join(kept)

    if "text" in output:
        output.text = clean(output.text)
    if "traceback" in output:
        output.traceback = [clean(part) for part in output.traceback]
    for mime, text in output.get("data", {}).items():
        if isinstance(text, str) and not mime.startswith("image/"):
            output.data[mime] = clean(text)
