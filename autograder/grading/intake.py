"""From what a student handed in, which may be anything, to a notebook and files that can be run and graded.

The instructor's own copy of each cell counts: source, type, points and place of what is locked; type, points and id of what is not.
For a notebook that was edited only where it may be, the result is what nbgrader's own sanitising gives.
"""

import bisect
import copy
import hashlib
import json
import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from dateutil.parser import ParserError
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader import utils
from nbgrader.nbgraderformat import MetadataValidator, ValidationError
from nbgrader.nbgraderformat.common import SchemaMismatchError

from autograder.grading.course import Assignment, SourceCell, SourceNotebook, ignored

MAX_NOTEBOOK = 16 * 2**20  # bytes
MAX_CELL = 2**20  # characters of one cell
MAX_CELLS = 2000  # of the student's own
MAX_DEPTH = 40  # of JSON
MAX_FILES = 2000
MAX_FOLDERS = 500
MAX_BYTES = 128 * 2**20  # of all files together
_MAX_NOTES = 20
_CHUNK = 1 << 20
_PLAIN = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # neither follows a link nor waits for a pipe
_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
# Tags that change how, or whether, a cell is run: only the instructor's count.
_STEERING = {"examine-inside", "skip-execution", "raises-exception"}
_validator = MetadataValidator()


class NotReadable(Exception):
    """The file is no notebook that can be graded. The message ends the sentence `<file>: `."""


@dataclass
class Received:
    """A notebook, sanitised.

    Attributes:
        notebook: every cell in its place, without outputs.
        withheld: why a cell of the instructor's is not run, by grade_id: a deleted test, an answer that is missing.
        reasons: what was put right or left out, in sentences for an instructor.
    """

    notebook: NotebookNode
    withheld: dict[str, str] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    runs: bool = True

    def to_run(self) -> NotebookNode:
        """A copy without the cells that are not run."""
        notebook = copy.deepcopy(self.notebook)
        notebook.cells = [cell for cell in notebook.cells if grade_id(cell) not in self.withheld]
        return notebook

    def with_outputs(self, executed: NotebookNode | None) -> NotebookNode:
        """The whole notebook, with the outputs of the cells that ran; a test that did not run failed, and says why."""
        notebook = copy.deepcopy(self.notebook)
        if executed is not None:
            notebook.metadata = executed.metadata
        ran = iter(executed.cells if executed is not None else ())
        for index, cell in enumerate(notebook.cells):
            name = grade_id(cell)
            if name not in self.withheld:
                notebook.cells[index] = next(ran)
            elif cell.cell_type == "code" and utils.is_grade(cell) and not utils.is_solution(cell):
                cell.outputs = [failure(self.withheld[name])]
        return notebook


def failure(reason: str) -> NotebookNode:
    """An error output that takes a test's points."""
    return new_output("error", ename="NotGraded", evalue=reason, traceback=[f"NotGraded: {reason}"])


def grade_id(cell: NotebookNode) -> str | None:
    return cell.metadata.get("nbgrader", {}).get("grade_id")


# The notebook ---------------------------------------------------------------------------------------------------------


def receive(path: Path, source: SourceNotebook, *, restore_tests: bool = False) -> Received:
    """Read and sanitise a submitted notebook.

    Args:
        path: the student's file.
        source: the instructor's.
        restore_tests: whether a deleted test is put back and run; else it is put back with no points.

    Returns:
        What to run. A file that can not be read gives the instructor's notebook, with every test failed and the reason.
    """
    try:
        raw = _parse(_bytes_of(path))
    except NotReadable as error:
        return unreadable(f"{path.name}: {error}", source)
    return sanitise(raw, source, restore_tests=restore_tests)


def unreadable(reason: str, source: SourceNotebook) -> Received:
    """The instructor's own cells, of which none is run."""
    notebook = nbformat.v4.new_notebook(cells=[cell.node() for cell in source.cells.values()])
    if source.kernelspec:
        notebook.metadata.kernelspec = source.kernelspec
    _name_cells(notebook)
    return Received(notebook, withheld=dict.fromkeys(source.cells, reason), reasons=[reason], runs=False)


def sanitise(raw: dict, source: SourceNotebook, *, restore_tests: bool = False) -> Received:
    """Make a notebook out of JSON of a student's, with the instructor's own cells in it. Never raises."""
    notes = _Notes()
    metadata = raw.get("metadata") if isinstance(raw.get("metadata"), dict) else {}
    minor = raw.get("nbformat_minor")
    minor = min(minor, 5) if type(minor) is int and minor >= 0 else 5
    notebook = nbformat.from_dict(
        {"cells": [], "metadata": _clean(metadata, notes, "The notebook's metadata"), "nbformat": 4, "nbformat_minor": minor}
    )
    if source.kernelspec:
        asked = notebook.metadata.get("kernelspec")
        if isinstance(asked, dict) and asked.get("language", "python") != source.kernelspec.get("language", "python"):
            notes.add("The notebook asked for another kernel; the instructor's was used.")
        notebook.metadata.kernelspec = nbformat.from_dict(source.kernelspec)
    for key in ("orig_nbformat", "orig_nbformat_minor", "signature"):
        notebook.metadata.pop(key, None)
    cells = raw.get("cells") if isinstance(raw.get("cells"), list) else []
    notebook.cells = _own_cells_first(cells, source, notes)
    withheld = _in_place(notebook, source, notes, restore_tests=restore_tests)
    _name_cells(notebook)
    return Received(notebook, withheld, notes.sentences)


class _Notes:
    """What an instructor should know, each thing once, and no more than fits a report."""

    def __init__(self) -> None:
        self.sentences: list[str] = []

    def add(self, sentence: str) -> None:
        if sentence not in self.sentences and len(self.sentences) < _MAX_NOTES:
            self.sentences.append(sentence)


def _bytes_of(path: Path) -> bytes:
    try:
        descriptor = os.open(path, _PLAIN)
    except OSError as error:
        what = "is a link; links are not followed" if path.is_symlink() else f"can not be opened ({error.strerror})"
        raise NotReadable(f"the notebook {what}. Ask the student for a plain file.") from error
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NotReadable("the notebook is not a plain file. Ask the student for one.")
        if status.st_nlink > 1:
            trouble = "the notebook is a hard link to a file that has another name too."
            raise NotReadable(f"{trouble} If you made it, copy the file in its place, and grade again.")
        if status.st_size > MAX_NOTEBOOK:
            size, most = status.st_size >> 20, MAX_NOTEBOOK >> 20
            raise NotReadable(f"the notebook has {size} MiB; {most} MiB is the limit. Ask for it without outputs.")
        return _read(descriptor, MAX_NOTEBOOK)
    finally:
        os.close(descriptor)


def _read(descriptor: int, most: int) -> bytes:
    parts = []
    while most > 0 and (part := os.read(descriptor, min(most, _CHUNK))):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


def _parse(content: bytes) -> dict:
    try:
        raw = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise NotReadable("the notebook is not UTF-8 text. Ask the student to save it again in Jupyter.") from error
    except RecursionError as error:
        raise NotReadable("the notebook's JSON is nested too deeply. Ask the student to save it again in Jupyter.") from error
    except ValueError as error:
        raise NotReadable("the notebook is not JSON; perhaps it was cut short. Ask the student for the whole file.") from error
    if not isinstance(raw, dict) or type(raw.get("nbformat")) is not int:
        raise NotReadable("the file is JSON, but not a notebook. Ask the student for the notebook.")
    if raw["nbformat"] in (2, 3):
        try:
            raw = nbformat.convert(nbformat.reader.reads(content.decode("utf-8-sig")), 4)
        except Exception as error:  # nbformat's converters take any shape for granted
            raise NotReadable(f"the notebook has format {raw['nbformat']} and can not be converted. Ask for one saved in Jupyter.") from error
    if raw["nbformat"] != 4:
        raise NotReadable(f"the notebook has format {raw['nbformat']}; this grader knows 4. Ask for one saved in a current Jupyter.")
    if not isinstance(raw.get("cells"), list):
        raise NotReadable("the notebook has no list of cells. Ask the student for the whole file.")
    return raw


def _clean(value: object, notes: _Notes, what: str) -> dict:
    """A copy of a JSON object that can be written again; an empty one, and a note, where it can not."""
    too_deep = False

    def copied(value: object, depth: int) -> object:
        nonlocal too_deep
        if depth > MAX_DEPTH:
            too_deep = True
            return None
        if isinstance(value, dict):
            return {_text(key): copied(item, depth + 1) for key, item in value.items()}
        if isinstance(value, list):
            return [copied(item, depth + 1) for item in value]
        return _text(value) if isinstance(value, str) else value

    found = copied(value, 0) if isinstance(value, dict) else {}
    if too_deep:
        notes.add(f"{what} was nested too deeply and was left out.")
        return {}
    return found


def _text(value: str) -> str:
    """Text that UTF-8 can hold: JSON can spell half a surrogate pair."""
    return value.encode("utf-8", "replace").decode() if not value.isascii() else value


def _own_cells_first(cells: list, source: SourceNotebook, notes: _Notes) -> list[NotebookNode]:
    """The student's cells, one by one made sound. Of several with one grade_id the last keeps it, as in nbgrader."""
    found: list[NotebookNode] = []
    own = 0
    last = {_claimed_id(raw): number for number, raw in enumerate(cells)}
    for number, raw in enumerate(cells):
        where = f"Cell {number + 1}"
        name = _claimed_id(raw)
        known = source.cells.get(name) if name is not None and last[name] == number else None
        if not isinstance(raw, dict) or raw.get("cell_type") not in ("code", "markdown", "raw"):
            notes.add(f"{where} is no cell that Jupyter knows; it was left out.")
            if known is None or known.locked:
                continue
            raw = raw | {"cell_type": known.cell_type}
        if name in source.cells and known is None:
            notes.add(f"Cell {name} is there more than once; the last one counts.")
        if known is None:
            own += 1
            if own > MAX_CELLS:
                notes.add(f"The notebook has more than {MAX_CELLS} cells of the student's own; the rest was left out.")
                continue
        found.append(_sound(raw, known, f"Cell {name}" if known else where, notes))
    return found


def _claimed_id(raw: object) -> str | None:
    metadata = raw.get("metadata") if isinstance(raw, dict) else None
    grading = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = grading.get("grade_id") if isinstance(grading, dict) else None
    return name if isinstance(name, str) else None


def _sound(raw: dict, known: SourceCell | None, where: str, notes: _Notes) -> NotebookNode:
    """One cell, in nbformat's form, with the instructor's facts where it is his."""
    text = raw.get("source", "")
    if isinstance(text, list) and all(isinstance(line, str) for line in text):
        text = "".join(text)
    if not isinstance(text, str):
        notes.add(f"{where} holds no text; it was treated as empty.")
        text = ""
    if len(text) > MAX_CELL:
        notes.add(f"{where} holds {len(text) / 2**20:.1f} MiB of text; {MAX_CELL >> 20} MiB is the limit, so it was treated as empty.")
        text = ""
    cell = {
        "cell_type": raw["cell_type"],
        "metadata": _clean(raw.get("metadata", {}), notes, f"The metadata of {where[0].lower()}{where[1:]}"),
        "source": _text(text),
    }
    cell["metadata"].pop("trusted", None)
    if known is not None and cell["cell_type"] != known.cell_type:
        notes.add(f"{where} was changed from {known.cell_type} to {cell['cell_type']}; it was changed back.")
        cell["cell_type"] = known.cell_type
    if cell["cell_type"] == "code":
        cell |= {"outputs": [], "execution_count": None}
        for name in ("collapsed", "scrolled"):
            cell["metadata"].pop(name, None)
    elif isinstance(raw.get("attachments"), dict):
        cell["attachments"] = _attachments(raw["attachments"], notes, where)
    if isinstance(raw.get("id"), str):
        cell["id"] = raw["id"]
    cell = nbformat.from_dict(cell)
    if known is None:
        _disown(cell)
    else:
        _own(cell, known, where, notes)
    return cell


def _attachments(raw: dict, notes: _Notes, where: str) -> dict:
    found = _clean(raw, notes, f"An attachment of {where[0].lower()}{where[1:]}")
    for bundle in found.values():
        for mime, text in bundle.items() if isinstance(bundle, dict) else ():
            if isinstance(text, list) and all(isinstance(line, str) for line in text):
                bundle[mime] = "".join(text)
    return {name: bundle for name, bundle in found.items() if isinstance(bundle, dict)}


def _disown(cell: NotebookNode) -> None:
    """A cell of the student's own: nothing in its metadata may make it look like the instructor's."""
    grading = cell.metadata.get("nbgrader")
    if grading is not None:
        plain = isinstance(grading, dict) and not any(grading.get(flag) for flag in ("grade", "solution", "locked", "task"))
        if plain and _is_valid(cell):
            grading.pop("grade_id", None)
        else:
            del cell.metadata["nbgrader"]
    _steer(cell, None)


def _own(cell: NotebookNode, known: SourceCell, where: str, notes: _Notes) -> None:
    """A cell of the instructor's: his flags and points, and his text where it is locked."""
    stands = _is_valid(cell) and all(bool(cell.metadata.nbgrader.get(flag)) == getattr(known, flag) for flag in ("grade", "solution", "task"))
    stands = stands and utils.is_locked(cell) == known.locked
    stands = stands and (known.points is None or cell.metadata.nbgrader.get("points") == known.points)
    edited = known.locked and stands and cell.metadata.nbgrader.get("checksum") not in (None, utils.compute_checksum(cell))
    if not stands:
        notes.add(f"{where}: its nbgrader metadata (points, flags) was changed; the instructor's was used.")
        cell.metadata.nbgrader = nbformat.from_dict(known.grading)
    elif known.checksum is not None:
        cell.metadata.nbgrader.checksum = known.checksum
    else:
        cell.metadata.nbgrader.pop("checksum", None)
    if known.locked:
        if edited:
            notes.add(f"{where} is locked, but was edited; the instructor's text was used.")
        cell.source = known.source
    _steer(cell, known)


def _is_valid(cell: NotebookNode) -> bool:
    try:
        _validator.validate_cell(cell)
    except (ValidationError, SchemaMismatchError, KeyError, TypeError, AttributeError):
        return False
    return True


def _steer(cell: NotebookNode, known: SourceCell | None) -> None:
    """Only the instructor's tags decide how a cell is run."""
    wanted = set(known.metadata.get("tags", [])) & _STEERING if known else set()
    tags = cell.metadata.get("tags")
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        cell.metadata.pop("tags", None)
        tags = []
    kept = [tag for tag in tags if tag not in _STEERING - wanted]
    kept += sorted(wanted - set(kept))
    if kept != tags:
        cell.metadata.tags = kept


def _in_place(notebook: NotebookNode, source: SourceNotebook, notes: _Notes, *, restore_tests: bool) -> dict[str, str]:
    """Put the instructor's missing cells back, and his locked cells in his order. Returns which are not run, and why."""
    order = {name: place for place, name in enumerate(source.cells)}
    names = [grade_id(cell) for cell in notebook.cells]
    locked = [name for name in names if name in order and source.cells[name].locked]
    moved = set(locked) - set(_longest_rising(locked, order))
    if moved:
        notes.add(f"Locked cells were moved ({', '.join(sorted(moved))}); they were put back in the instructor's order.")
    away = {grade_id(cell): cell for cell in notebook.cells if grade_id(cell) in moved}
    notebook.cells = [cell for cell in notebook.cells if grade_id(cell) not in moved]
    withheld = {}
    for name, cell in source.cells.items():
        if name in away:
            _insert(notebook, away[name], source, order)
        elif name not in names:
            if cell.is_test and not restore_tests:
                withheld[name] = f"The test {name} was deleted from the submission."
            elif cell.task or (cell.grade and cell.solution):
                withheld[name] = f"The answer {name} was deleted from the submission."
            elif not cell.locked:
                notes.add(f"The answer {name} was deleted from the submission.")
                continue  # without it the student's names are missing, as he wanted
            notes.add(withheld.get(name) or f"Cell {name} was deleted from the submission; it was put back.")
            _insert(notebook, cell.node(), source, order)
    return withheld


def _longest_rising(names: list[str], order: dict[str, int]) -> list[str]:
    """As many of the names as can stay where they are."""
    tails: list[int] = []
    length = []
    for name in names:
        place = bisect.bisect_left(tails, order[name])
        tails[place : place + 1] = [order[name]]
        length.append(place + 1)
    kept, wanted = [], len(tails)
    for name, reach in zip(reversed(names), reversed(length), strict=True):
        if reach == wanted and (not kept or order[name] < order[kept[-1]]):
            kept.append(name)
            wanted -= 1
    return kept[::-1]


def _insert(notebook: NotebookNode, cell: NotebookNode, source: SourceNotebook, order: dict[str, int]) -> None:
    """Behind the cell that it follows in the source, and between its locked neighbours."""
    wanted = order[grade_id(cell)]
    lowest, highest, best, behind = 0, len(notebook.cells), None, -1
    for index, other in enumerate(notebook.cells):
        place = order.get(grade_id(other))
        if place is None:
            continue
        if source.cells[grade_id(other)].locked:
            if place < wanted:
                lowest = index + 1
            else:
                highest = min(highest, index)
        if behind < place < wanted:
            best, behind = index + 1, place
    notebook.cells.insert(min(max(best if best is not None else 0, lowest), max(highest, lowest)), cell)


def _name_cells(notebook: NotebookNode) -> None:
    """Each cell has an id of its own from format 4.5 on, and none before."""
    seen: set[str] = set()
    for number, cell in enumerate(notebook.cells):
        name = cell.pop("id", None)
        if notebook.nbformat_minor < 5:
            continue
        if name is None or not _ID.fullmatch(name) or name in seen:
            name = f"cell-{number}"
            while name in seen:
                name += "-"
        seen.add(name)
        cell.id = name


# The files beside it --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """Something in a submission's folder. `trouble` says why it is left out; None where it may be used."""

    relative: str
    path: Path
    size: int
    trouble: str | None


def entries(folder: Path, ignore: tuple[str, ...]) -> list[Entry]:
    """What lies in a submission's folder, sorted, without following or opening anything."""
    found: list[Entry] = []
    size = 0
    waiting = [("", folder)]
    folders = 0
    while waiting:
        prefix, place = waiting.pop()
        try:
            inside = sorted(os.scandir(place), key=lambda entry: entry.name)
        except OSError as error:
            found.append(Entry(prefix.rstrip("/"), place, 0, f"can not be read ({error.strerror})"))
            continue
        for entry in inside:
            if ignored(entry.name, ignore):
                continue
            relative, path = prefix + entry.name, Path(entry.path)
            if len(found) > MAX_FILES:
                return [*found, Entry(relative, path, 0, f"and all that follows: more than {MAX_FILES} files")]
            status = entry.stat(follow_symlinks=False)
            trouble = None if _is_utf8(entry.name) else "has a name that is not UTF-8"
            if stat.S_ISDIR(status.st_mode) and trouble is None:
                folders += 1
                if folders > MAX_FOLDERS or relative.count("/") >= MAX_DEPTH:
                    found.append(Entry(relative, path, 0, "lies too deep, or there are too many folders"))
                else:
                    waiting.append((relative + "/", path))
                continue
            if not stat.S_ISREG(status.st_mode):
                trouble = "is a link" if stat.S_ISLNK(status.st_mode) else "is not a plain file"
            elif status.st_nlink > 1:
                trouble = "is a hard link to a file that has another name too"
            elif trouble is None and not entry.name.endswith(".ipynb"):
                size += status.st_size
                if size > MAX_BYTES:
                    trouble = f"goes beyond {MAX_BYTES >> 20} MiB in all"
                    size -= status.st_size
            found.append(Entry(relative, path, status.st_size, trouble))
    return sorted(found, key=lambda entry: entry.relative)


def fingerprint(folder: Path, ignore: tuple[str, ...]) -> str:
    """SHA-256 of a submission: names, kinds and contents. Of a file too large to be graded only the beginning counts."""
    digest = hashlib.sha256()
    left = 2 * MAX_BYTES
    for entry in entries(folder, ignore):
        digest.update(f"{os.fsencode(entry.relative)!r} {entry.size} {entry.trouble}\n".encode())
        if entry.trouble is None:
            content = _content(entry.path, min(left, MAX_NOTEBOOK if entry.relative.endswith(".ipynb") else MAX_BYTES))
            left -= len(content)
            digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


def stage(folder: Path, destination: Path, assignment: Assignment) -> list[str]:
    """Copy what may lie beside the notebooks: the instructor's files, then the student's where no file of the instructor's has the name.

    Args:
        folder: the submission.
        destination: an empty folder.
        assignment: the instructor's files.

    Returns:
        What was left out, in sentences for an instructor.
    """
    notes = _Notes()
    lay_out(assignment, destination)
    for entry in entries(folder, assignment.ignore):
        shown = entry.relative.encode("unicode_escape", "replace").decode() if not entry.relative.isprintable() else entry.relative
        if entry.trouble is not None:
            notes.add(f"{shown} {entry.trouble}; it was left out.")
            continue
        if entry.relative.endswith(".ipynb") or (entry.relative in assignment.files and entry.relative not in assignment.editable):
            continue
        content = _content(entry.path, MAX_BYTES)
        if entry.relative == "timestamp.txt" and not _is_time(content):
            notes.add("timestamp.txt holds no time; it was left out, so the submission counts as in time.")
            continue
        target = destination / entry.relative
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            notes.add(f"{shown} stands where a file or folder of the instructor's goes; it was left out.")
    return notes.sentences


def lay_out(assignment: Assignment, destination: Path) -> None:
    """Copy the instructor's files, without the notebooks."""
    for relative, path in assignment.files.items():
        target = destination / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())


def _content(path: Path, most: int) -> bytes:
    """A plain file's bytes; none if it became something else meanwhile."""
    try:
        descriptor = os.open(path, _PLAIN)
    except OSError:
        return b""
    try:
        return _read(descriptor, most) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""
    except OSError:
        return b""
    finally:
        os.close(descriptor)


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_time(content: bytes) -> bool:
    try:
        text = content[:1024].decode().strip()
        return not text or utils.parse_utc(text) is not None
    except (ValueError, ParserError, OverflowError, OSError):  # dateutil takes some texts for the name of a file
        return False
