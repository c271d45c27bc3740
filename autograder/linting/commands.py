"""The command `autograder lint`."""

import sys
from pathlib import Path

import click


@click.command()
@click.argument("assignment")
@click.option(
    "--course", type=click.Path(file_okay=False, path_type=Path), help="The folder of nbgrader_config.py; by default the nearest one above."
)
@click.option("--static", is_flag=True, help="Only read the notebooks; run nothing.")
@click.option("--unconfined", is_flag=True, help="Run it in kernels that are not confined: it is the instructor's own code.")
def lint(assignment: str, course: Path | None, static: bool, unconfined: bool) -> None:
    """Find what is wrong with the tests of ASSIGNMENT (its name, or a source notebook); one line a finding.

    Tests that rest on what a student merely reports, that say nothing when they fail, that differ from run to run, that leak, or that cannot be
    examined from outside the student's kernel. Without --static, the reference solution and the unsolved notebook are run as well. The tag
    lint-ok-RULE silences a rule in a cell. The exit code is 0 if nothing was found, 1 if something was, 2 if there is nothing to lint.

    Example: autograder lint regression-1
    """
    from autograder.kernels import ConfinementError, ZygoteError
    from autograder.linting import LintError
    from autograder.linting import lint as find

    try:
        findings = find(assignment, course=course, static=static, confined=not unconfined)
    except (LintError, ConfinementError, ZygoteError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    for finding in findings:
        click.echo(str(finding))
    sys.exit(bool(findings))
