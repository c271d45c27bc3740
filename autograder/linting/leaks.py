"""What a student may read of the solution and of the hidden tests: in visible cells, in the released notebook, in files, in messages."""

import ast
import json
import re
from collections.abc import Iterator

from autograder.document import Cell, Problem
from autograder.linting.source import Source, loads, shown

_MIN_LINE = 20  # shorter lines are like each other by chance
_MIN_LITERAL = 16
_MAX_FILE = 2**20
_TEXT = re.compile(r"\.(py|txt|md|rst|json|ya?ml|toml|cfg|ini|html|tex|r|sh)", re.I)
_PLAIN = re.compile(r"(import |from |#|@|def |class |\"\"\"|return None|raise |else:|try:|finally:|\)|\]|\})")


def leak(source: Source) -> Iterator[Problem]:
    if isinstance(source.unsolved, str):
        yield source.problem(
            None,
            f"nbgrader makes no student version of it: {source.unsolved.rstrip('.')}.",
            "Put solutions into solution cells and hidden tests into tests.",
        )
        return
    yield from _solutions(source)
    yield from _literals(source)
    yield from _helpers(source)
    yield from _messages(source)
    yield from _released(source)
    yield from _files(source)


def _visible(source: Source) -> dict[int, str]:
    """What the student sees of each cell, by number."""
    return {number: cell.source for number, cell in enumerate(source.unsolved.cells, start=1)}


def _solutions(source: Source) -> Iterator[Problem]:
    """Lines of a solution that stand in a cell that every student reads."""
    visible = _visible(source)
    for cell in source.students:
        region = source.solution(cell)
        if cell.grading.get("solution") and not any(line.strip() for line in region):
            yield source.problem(
                cell, "It marks a solution, but nothing stands between the marks: students get the whole cell.", "Put the solution between the marks."
            )
        secret = _telling(region)
        for number, text in visible.items():
            lines = {line.strip() for line in text.splitlines()}
            found = [line for line in secret if line in lines]
            # One line of many may be like another by chance. A whole solution, or two lines of it, are not.
            if found and (len(found) > 1 or len(secret) == 1):
                yield source.problem(
                    cell,
                    f"Its solution is to be read in cell {_name(source, number)}: `{found[0]}`.",
                    "Take it out there, or put it between the solution marks.",
                )


def _literals(source: Source) -> Iterator[Problem]:
    """Values that a hidden test expects, and that another cell shows. (What the same cell shows, the author shows on purpose.)"""
    visible = _visible(source)
    for cell in source.tests:
        hidden = source.hidden(cell)
        for node in _expected(source.tree(cell)):
            text = _literal(node)
            if node.lineno not in hidden or not text:
                continue
            place = next((number for number, other in visible.items() if number != cell.number and _holds(other, node, text)), None)
            if place is not None:
                yield source.problem(
                    cell,
                    f"Its hidden test expects `{text[:60]}`, which is to be read in cell {_name(source, place)}.",
                    "Expect something that is not written there, or take it out there.",
                )


def _expected(tree: ast.Module) -> Iterator[ast.expr]:
    """The constants that assertions compare with."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            parts = [node.left, *node.comparators]
        elif isinstance(node, ast.Call) and re.search(r"(close|equal)$", getattr(node.func, "attr", getattr(node.func, "id", ""))):
            parts = node.args
        else:
            continue
        yield from parts


def _literal(node: ast.AST) -> str | None:
    """A constant that is no accident: a number of five digits or more, a long text, a long list."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, float) and len(re.sub(r"e.*|\D", "", repr(node.value)).strip("0")) >= 5:
            return repr(node.value)
        return repr(node.value) if isinstance(node.value, str) and len(node.value) >= _MIN_LITERAL else None
    if isinstance(node, ast.List | ast.Tuple | ast.Set | ast.Dict):
        try:
            value = ast.literal_eval(node)
        except (ValueError, TypeError):
            return None
        text = ast.unparse(node)
        distinct = {repr(part) for part in (value.values() if isinstance(value, dict) else value)}
        return text if len(text) >= _MIN_LITERAL and len(distinct) >= 3 else None
    return None


def _helpers(source: Source) -> Iterator[Problem]:
    """Functions that every student reads and only hidden tests call: they say how the answer is computed."""
    defined: dict[str, Cell] = {}
    used: dict[str, set[bool]] = {}
    for cell in source.code:
        hidden, tree = source.hidden(cell), source.tree(cell)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and cell not in source.students and node.lineno not in hidden and _answers(node):
                defined[node.name] = cell
        for node in loads(tree):
            used.setdefault(node.id, set()).add(node.lineno in hidden)
    for cell in source.markdown:
        for name in re.findall(r"`(\w+)", cell.source):
            used.setdefault(name, set()).add(False)
    for name, cell in defined.items():
        if used.get(name) == {True}:
            yield source.problem(
                cell, f"Students can read `{name}()`, which only hidden tests call.", "Move it between the marks of the hidden tests."
            )


def _answers(function: ast.FunctionDef) -> bool:
    return any(isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Constant) for node in ast.walk(function))


def _messages(source: Source) -> Iterator[Problem]:
    """numpy.testing prints what it expected; feedback shows the message of a hidden test."""
    for cell in source.tests:
        hidden = source.hidden(cell)
        for node in ast.walk(source.tree(cell)):
            if not isinstance(node, ast.Call) or node.lineno not in hidden:
                continue
            name = source.dotted(node.func)
            quiet = next((item.value for item in node.keywords if item.arg == "verbose"), None)
            if name.startswith("numpy.testing.assert") and not (isinstance(quiet, ast.Constant) and quiet.value is False):
                yield source.problem(
                    cell,
                    f"`{shown(node)}` is hidden, but prints the values that it expects when it fails.",
                    "Add `verbose=False` and an `err_msg`, or use `assert`.",
                )


def _released(source: Source) -> Iterator[Problem]:
    """Secrets in the notebook that lies in the release folder: it is stale, or was edited."""
    if not source.release.is_file():
        return
    published = source.release.read_text(encoding="utf-8", errors="replace")
    allowed = "\n".join(_visible(source).values())
    for cell, line in _secrets(source):
        if line not in allowed and json.dumps(line, ensure_ascii=False)[1:-1] in published:
            name = source.path.resolve().parent.name
            yield source.problem(
                cell,
                f"The released notebook {source.release.name} holds the secret line `{line}`.",
                f"Run `nbgrader generate_assignment {name} --force`.",
            )


def _files(source: Source) -> Iterator[Problem]:
    allowed = "\n".join(_visible(source).values())
    for path in source.files:
        if not _TEXT.fullmatch(path.suffix) or path.stat().st_size > _MAX_FILE:
            continue
        lines = {line.strip() for line in path.read_text(encoding="utf-8", errors="replace").splitlines()}
        found = {cell.number: (cell, line) for cell, line in _secrets(source) if line in lines and line not in allowed}
        for cell, line in found.values():
            yield source.problem(
                cell,
                f"The file {path.name}, which students get, holds its secret line `{line}`.",
                f"Take it out of {path.name}, or leave the file out of the folder.",
            )


def _secrets(source: Source) -> Iterator[tuple[Cell, str]]:
    """The telling lines of solutions and hidden tests."""
    for cell in source.code:
        hidden = source.hidden(cell)
        lines = [line for number, line in enumerate(cell.lines, start=1) if number in hidden]
        if cell in source.students:
            lines += source.solution(cell)
        yield from ((cell, line) for line in _telling(lines))


def _telling(lines: list[str]) -> list[str]:
    """The lines that say something: long enough to be recognised, and no import, no comment, no bracket."""
    return [line.strip() for line in lines if len(line.strip()) >= _MIN_LINE and not _PLAIN.match(line.strip())]


def _holds(text: str, node: ast.expr, literal: str) -> bool:
    if isinstance(node, ast.Constant):
        wanted = node.value if isinstance(node.value, str) else literal
        return bool(re.search(rf"(?<![\w.]){re.escape(wanted)}(?!\w)", text))
    return _squeezed(literal) in _squeezed(text)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).replace('"', "'")


def _name(source: Source, number: int) -> str:
    return str(source.node.cells[number - 1].metadata.get("nbgrader", {}).get("grade_id") or number)
