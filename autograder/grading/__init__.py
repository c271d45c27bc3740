"""Grade what students hand in: intake, workers, the one writer, the ledger."""

from autograder.grading.course import GradingError
from autograder.grading.grader import Result, Verification, grade, verify

__all__ = ["GradingError", "Result", "Verification", "grade", "verify"]
