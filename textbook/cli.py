"""The command line `textbook`: thin commands over functions that can be called from Python.

Each imports what it needs when it runs: nbformat takes seconds, and `--help` does not need it.
"""

import contextlib
import sys
from pathlib import Path

import click

_notebooks = click.argument("notebooks", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Tools of the book: its notebooks, their contract, what a reader opens of them."""


@main.command()
@_notebooks
@click.option("--timeout", default=300, show_default=True, help="Seconds of wall time that one cell may take.")
def execute(notebooks: tuple[Path, ...], timeout: int) -> None:
    """Re-run NOTEBOOKS and store them with their outputs, in a normal form.

    Example: textbook execute book/machine-learning/workflow.ipynb
    """
    from autograder.document import Problem, load
    from textbook import execution

    failed = False
    with contextlib.ExitStack() as stack:
        # what is no notebook gets its message below
        runnable = [path for path in notebooks if not isinstance(load(path), Problem)]
        zygote = stack.enter_context(execution.warm_start(runnable)).address if runnable and sys.platform == "linux" else None
        for path in notebooks:
            try:
                cpu_seconds = execution.execute(path, timeout=timeout, zygote=zygote)
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

    Example: textbook contract book/machine-learning/workflow.ipynb solutions/regression-1/regression-1.ipynb
    """
    from textbook import contract as contracts

    problems = [problem for path in notebooks for problem in contracts.check(path, publishable=publishable)]
    for problem in problems:
        click.echo(str(problem), err=True)
    sys.exit(bool(problems))


@main.command()
@_notebooks
@click.option("--to", default=Path("_build/edition"), show_default=True, type=click.Path(file_okay=False, path_type=Path), help="Where they go.")
def edition(notebooks: tuple[Path, ...], to: Path) -> None:
    """Make of NOTEBOOKS, pages of the book, what a reader opens: `make book` does it for all of them.

    Run it in the project's folder, after a build: the build has numbered the figures.

    Example: textbook edition book/machine-learning/workflow.ipynb --to /tmp/reader
    """
    from autograder.document import Problem, load
    from textbook import edition as editions
    from textbook.normal_form import stored_form
    from textbook.references import NotBuilt, References

    failed = False
    for path in notebooks:
        document = load(path)
        try:
            if isinstance(document, Problem):
                raise editions.EditionError(str(document))
            references = References.of_the_last_build(Path.cwd())
            made = to / f"{editions.name_of(document, references.root)}.ipynb"
            text = stored_form(editions.edition(document, references))
            made.parent.mkdir(parents=True, exist_ok=True)
            made.write_text(text, encoding="utf-8")
            click.echo(str(made))
        except (editions.EditionError, NotBuilt) as error:
            click.echo(str(error), err=True)
            failed = True
    sys.exit(failed)
