"""What is wrong with the tests of an assignment: what proves nothing, what cannot be examined, what differs from run to run, what leaks.

A static rule is a function from an assignment's source to the problems it finds, as in the contract. `dynamic` runs the reference and the
unsolved notebook.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.linting.rules import RULES, Finding, lint
    from autograder.linting.source import LintError, Source, sources

__all__ = ["RULES", "Finding", "LintError", "Source", "lint", "sources"]


def __getattr__(name: str) -> Any:
    """Import what is asked for, as `autograder.grading` does."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from autograder.linting import rules, source

    return getattr(rules if hasattr(rules, name) else source, name)
