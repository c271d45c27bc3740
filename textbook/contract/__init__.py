"""What every chapter and every assignment must hold, as far as a machine can check it.

A rule is a function from a notebook to the problems it finds; each problem names the file, the cell and the cure.
"""

from autograder.document import Document, Problem, Rule, load
from autograder.linting.contract import ASSIGNMENT_RULES
from textbook.contract.chapter import CHAPTER_RULES

__all__ = ["ASSIGNMENT_RULES", "CHAPTER_RULES", "Document", "Problem", "Rule", "check", "load"]


def check(path, *, publishable: bool = False) -> list[Problem]:
    """Check one notebook: a chapter, or an assignment's source (below a folder `solutions`).

    Args:
        path: the notebook.
        publishable: only the rules without which a page must not be built at all.

    Returns:
        The problems found, in the order of the rules; empty if the notebook keeps its contract.
    """
    document = load(path)
    if isinstance(document, Problem):
        return [document]
    rules = ASSIGNMENT_RULES if document.is_assignment else CHAPTER_RULES
    return [problem for rule in rules if rule.publishable or not publishable for problem in rule(document)]
