"""What every chapter and every assignment must hold, as far as a machine can check it.

A rule is a function from a notebook to the problems it finds; each problem names the file, the cell and the cure.
"""

from autograder.document import Document, Problem, Rule, load
from textbook.contract import figures, numbers, python, reader, shape, stored, terms

__all__ = ["CHAPTER_RULES", "Document", "Problem", "Rule", "check", "load"]

CHAPTER_RULES = [
    Rule(stored.error_outputs, publishable=True),
    Rule(stored.never_run, publishable=True),
    Rule(stored.run_time, publishable=True),
    Rule(stored.normal_form),
    Rule(stored.stderr_outputs),
    Rule(stored.unstable_outputs),
    Rule(shape.page_size),
    Rule(shape.cell_length),
    Rule(shape.line_width),
    Rule(shape.loops),
    Rule(shape.objectives),
    Rule(shape.prerequisites),
    Rule(shape.closing_sections),
    Rule(python.imports_at_first_use),
    Rule(python.machinery_out_of_view),
    Rule(python.axes_idiom),
    Rule(python.one_name_for_predictions),
    Rule(python.spread_says_its_ddof),
    Rule(python.fresh_models_in_loops),
    Rule(python.names_of_one_section),
    Rule(python.what_a_reader_may_skip),
    Rule(reader.predictions),
    Rule(reader.your_turns),
    Rule(reader.quiz),
    Rule(reader.exercises),
    Rule(reader.references),
    Rule(figures.figures),
    Rule(figures.figure_references),
    Rule(figures.plots_end_with_show),
    Rule(figures.diagrams),
    Rule(numbers.typed_numbers),
    Rule(numbers.glued_numbers),
    Rule(numbers.glue_whole_numbers),
    Rule(numbers.numbers_in_outputs),
    Rule(terms.bold_is_for_terms),
    Rule(terms.terms_are_known),
    Rule(terms.terms_link_at_first_use),
]


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
    rules = CHAPTER_RULES
    if document.is_assignment:
        from autograder.linting import contract  # imports nbgrader, which takes seconds

        rules = contract.ASSIGNMENT_RULES
    return [problem for rule in rules if rule.publishable or not publishable for problem in rule(document)]
