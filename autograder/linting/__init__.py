"""What is wrong with the tests of an assignment: what proves nothing, what cannot be examined, what differs from run to run, what leaks.

A static rule is a function from an assignment's source to the problems it finds, as in the contract. `dynamic` runs the reference and the
unsolved notebook.
"""

from autograder.linting.lint import RULES, Finding, lint
from autograder.linting.source import LintError, Source, sources

__all__ = ["RULES", "Finding", "LintError", "Source", "lint", "sources"]
