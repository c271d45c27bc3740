"""Names that a test takes from the wrong place, or leaves behind in it."""

import ast
import builtins
from collections.abc import Iterator

from autograder.document import Cell, Problem
from autograder.examiner import names
from autograder.examiner.names import imported
from autograder.linting.source import Source, loads


def imported_by_the_student(source: Source) -> Iterator[Problem]:
    for cell in source.examined:
        trusted: set[str] = set().union(*(names.bound(other.source) for other in source.before(cell, [*source.setup, *source.tests])))
        theirs = {name: other for other in source.before(cell, source.students) for name in imported(source.tree(other))}
        own = names.bound(cell.source) | _local(source.tree(cell))
        for name in sorted({node.id for node in loads(source.tree(cell))} & theirs.keys() - trusted - own):
            place = theirs[name].grading.get("grade_id") or theirs[name].number
            yield source.problem(
                cell,
                f"It uses `{name}`, which only the student's cell {place} imports; the student may import something else.",
                "Import it in the test.",
            )


def shadow(source: Source) -> Iterator[Problem]:
    needs = {other.number: names.taken(other.source) for other in source.students}
    for cell in source.tests:
        bound = names.bound(cell.source) - imported(source.tree(cell)).keys()
        later = [other for other in source.students if other.number > cell.number]
        for name in sorted(bound):
            user = next((other for other in later if name in needs[other.number]), None)
            if user is not None and not _is_bound_between(source, name, cell, user):
                yield source.problem(
                    cell,
                    f"It binds `{name}`, which the later cell {user.grading.get('grade_id') or user.number} of the student's reads.",
                    f"Give the test's variable a name of its own, such as `_{name.lstrip('_')}`.",
                )
        owned = {name for other in source.before(cell, source.students) for name in names.bound(other.source, imports=False)}
        for name in sorted(bound & owned):
            if not _is_restored(source.tree(cell), name):
                yield source.problem(
                    cell,
                    f"It binds the student's name `{name}` anew and does not restore it: what comes later meets the test's value.",
                    f"Use a name of the test's own, or restore it in a `finally`: `{name} = original`.",
                )


def _is_bound_between(source: Source, name: str, test: Cell, user: Cell) -> bool:
    """Whether a cell in between gives the name a value of its own, so that the test's is not met."""
    return any(test.number < cell.number < user.number and name in names.bound(cell.source) for cell in [*source.students, *source.setup])


def _is_restored(tree: ast.Module, name: str) -> bool:
    """Whether the last thing that the cell does to a name is to give it back the value that it had saved before."""
    saved: set[str] = set()
    restored = False
    for node in _in_order(tree):
        value, targets = (node.value, node.targets) if isinstance(node, ast.Assign) else (None, [])
        if isinstance(value, ast.Name) and value.id == name:
            saved |= {target.id for target in targets if isinstance(target, ast.Name)}
        touched = any(isinstance(part, ast.Name) and part.id == name and not isinstance(part.ctx, ast.Load) for part in _shallow(node))
        if touched or (isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name):
            restored = isinstance(value, ast.Name) and value.id in saved
    return restored


def _in_order(tree: ast.AST) -> Iterator[ast.stmt]:
    """The statements of a cell in the order of its text; those of functions and classes are not its own."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.stmt):
            yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.expr):
            yield from _in_order(node)


def _shallow(statement: ast.stmt) -> Iterator[ast.AST]:
    """The expressions of a statement itself, without those of the statements inside it."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return
    for child in ast.iter_child_nodes(statement):
        if isinstance(child, ast.expr):
            yield from ast.walk(child)


def _local(tree: ast.Module) -> set[str]:
    """Names that are bound somewhere inside: parameters, variables of functions and comprehensions, caught exceptions."""
    found = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    found |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    found |= {node.name for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler) and node.name}
    return found | imported(tree).keys() | set(dir(builtins))
