"""The command line `autograder`: thin commands over functions that can be called from Python."""

import sys
from pathlib import Path

import click

from autograder import contract as contracts
from autograder import execution

_notebooks = click.argument("notebooks", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Tools of the book: its notebooks, their contract, its assignments."""


@main.command()
@_notebooks
@click.option("--timeout", default=300, show_default=True, help="Seconds of wall time that one cell may take.")
def execute(notebooks: tuple[Path, ...], timeout: int) -> None:
    """Re-run NOTEBOOKS and store them with their outputs, in a normal form.

    Example: autograder execute book/machine-learning/workflow.ipynb
    """
    failed = False
    for path in notebooks:
        try:
            cpu_seconds = execution.execute(path, timeout=timeout)
            click.echo(f"{path}: {cpu_seconds} CPU-seconds")
        except execution.ExecutionFailed as error:
            click.echo(str(error), err=True)
            failed = True
    sys.exit(failed)


@main.command()
@_notebooks
@click.option("--publishable", is_flag=True, help="Only what must hold before a page may be built.")
def contract(notebooks: tuple[Path, ...], publishable: bool) -> None:
    """Hold NOTEBOOKS (chapters, assignments' sources) to their contract; one line a problem.

    Example: autograder contract book/machine-learning/workflow.ipynb solutions/regression-1/regression-1.ipynb
    """
    problems = [problem for path in notebooks for problem in contracts.check(path, publishable=publishable)]
    for problem in problems:
        click.echo(str(problem), err=True)
    sys.exit(bool(problems))
