"""Tests that fail without a word, and cells that are no Python."""

import ast
from collections.abc import Iterator

from autograder.document import Problem
from autograder.linting.contract import test_messages as asserts_without_message
from autograder.linting.source import Source


def syntax(source: Source) -> Iterator[Problem]:
    for cell in source.code:
        if cell.number in source.errors and cell in [*source.tests, *source.setup, *source.students]:
            error = source.errors[cell.number]
            yield source.problem(cell, f"It is no Python: {error.msg}, line {error.lineno}.", "Mend it.")


def no_message(source: Source) -> Iterator[Problem]:
    yield from asserts_without_message(source.python)
    for cell in source.tests:
        for node in ast.walk(source.tree(cell)):
            if isinstance(node, ast.Raise) and _is_mute(node.exc):
                yield source.problem(cell, f"`{ast.unparse(node)}` fails without a word.", "Say in a message what is wrong and what to look at.")


def _is_mute(raised: ast.expr | None) -> bool:
    if isinstance(raised, ast.Call) and not raised.args:
        raised = raised.func
    return isinstance(raised, ast.Name) and raised.id == "AssertionError"
