"""Grade what students hand in: intake, workers, the one writer, the ledger."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.grading.grader import Result, Verification, grade, verify

__all__ = ["GradingError", "Result", "Verification", "grade", "verify"]


class GradingError(Exception):
    """Grading can not go on. The message says what is wrong and what to do."""


def __getattr__(name: str) -> Any:
    """Import what is asked for: nbgrader takes a second, and `autograder --help` needs none of it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from autograder.grading import grader

    return getattr(grader, name)
