"""The form in which a notebook is stored: nothing in it changes between two equal runs.

A stored notebook is the book's source, its HTML and the reference for nbval, so it must not change when nothing changed.
"""

import base64
import copy
import re
import struct

import nbformat

# The notebook's own metadata: {"book": {"cpu_seconds": 4, "long": false}}
METADATA = "book"


def stored_form(notebook: nbformat.NotebookNode) -> str:
    """The text of a notebook's file: normalised, keys sorted, one line of source a line of text. The argument is not changed."""
    notebook = copy.deepcopy(notebook)
    normalise(notebook)
    return nbformat.writes(notebook, version=nbformat.NO_CONVERT) + "\n"


def normalise(notebook: nbformat.NotebookNode) -> None:
    """Take out of a notebook, in place, what differs between two equal runs: times, image metadata, random element ids."""
    notebook.metadata.kernelspec = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook.metadata.language_info = {"name": "python"}
    notebook.metadata.pop("jupytext", None)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "image/png" in data:
                output.metadata = {}
                data["image/png"] = _without_text_chunks(data["image/png"])
        _fix_quiz_id(cell)


def _without_text_chunks(png_base64: str) -> str:
    """Drop a PNG's tEXt chunks (matplotlib writes its version there)."""
    png = base64.b64decode(png_base64)
    kept, position = [png[:8]], 8
    while position < len(png):
        (length,) = struct.unpack(">I", png[position : position + 4])
        chunk = png[position : position + 12 + length]
        if chunk[4:8] != b"tEXt":
            kept.append(chunk)
        position += len(chunk)
    return base64.b64encode(b"".join(kept)).decode()


def _fix_quiz_id(cell: nbformat.NotebookNode) -> None:
    """jupyterquiz draws a random element id at each run; the cell's own id serves as well."""
    for output in cell.get("outputs", []):
        html = output.get("data", {}).get("text/html", "")
        drawn = re.search(r'<div id="([A-Za-z]{12})" data-shufflequestions', html)
        if drawn:
            stable = "quiz" + re.sub(r"\W", "", cell.id)
            for other in cell.outputs:
                for mime, text in other.get("data", {}).items():
                    if isinstance(text, str):
                        other.data[mime] = text.replace(drawn.group(1), stable)
