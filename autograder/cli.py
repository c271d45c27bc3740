"""The command line `autograder`: thin commands over functions that can be called from Python.

Each imports what it needs when it runs: nbgrader and nbformat take seconds, and `--help` needs neither.
"""

import sys
import textwrap
from pathlib import Path

import click

from autograder.grading.commands import grade, ledger
from autograder.linting.commands import lint


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Grade assignments: examined from outside, in confined kernels."""


main.add_command(grade)
main.add_command(ledger)
main.add_command(lint)


@main.command()
@click.argument("notebook", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--timeout", default=30.0, show_default=True, help="Seconds that one cell may take.")
def check(notebook: Path, timeout: float) -> None:
    """Run the visible tests of NOTEBOOK and say in words what they found. The file is not changed.

    A grade may come from further, hidden tests. Exits with 0 if every visible test gives full points.

    Example: autograder check work/regression-1/regression-1.ipynb
    """
    from autograder import selfcheck
    from autograder.kernels import ZygoteError

    try:
        outcomes = selfcheck.check(notebook, timeout=timeout)
    except (selfcheck.NotAnAssignment, ZygoteError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    for outcome in outcomes:
        full = outcome.points >= outcome.most
        click.echo(f"{'passes' if full else 'fails '}  {outcome.test}: {outcome.points:g} of {outcome.most:g} points")
        if outcome.reason and not full:
            click.echo(textwrap.fill(outcome.reason, width=100, initial_indent=" " * 8, subsequent_indent=" " * 8))
    passed = sum(outcome.points >= outcome.most for outcome in outcomes)
    click.echo(f"{passed} of {len(outcomes)} visible tests pass.")
    sys.exit(passed < len(outcomes))


@main.command()
@click.argument("assignment")
@click.option("--course", default=".", type=click.Path(file_okay=False, path_type=Path), help="The folder of nbgrader_config.py.  [default: here]")
@click.option("--submissions", type=click.Path(file_okay=False, path_type=Path), help="Their folder.  [default: tests/submissions/ASSIGNMENT]")
@click.option("--only", multiple=True, help="Only this submission; may be repeated.")
@click.option("--alone", is_flag=True, help="Grade each wrong one in a notebook of its own (slower; to find which of two disturbs the other).")
def prove(assignment: str, course: Path, submissions: Path | None, only: tuple[str, ...], alone: bool) -> None:
    """Prove the tests of ASSIGNMENT: run its right and its wrong submissions, and say what each got.

    Each is graded by plain nbgrader and by our grader. The exit code is 0 if everything is as the submissions say, 1 if something is not,
    2 if there is nothing to prove.

    Example: autograder prove regression-1 --only wrong_rmse_no_root
    """
    from autograder import proof as proofs

    folder = submissions or course / "tests" / "submissions" / assignment
    try:
        proof = proofs.prove(assignment, course=course.resolve(), submissions=folder, only=only, alone=alone)
    except proofs.ProofError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    for line in proofs.table(proof):
        click.echo(line)
    sys.exit(bool(proof.faults))


@main.command()
def doctor() -> None:
    """Say what this machine can confine, and why not. A confined kernel tries to break out; nothing may succeed.

    Example: autograder doctor
    """
    from autograder import doctor as machine

    findings = machine.diagnose()
    for finding in findings:
        click.echo(f"{'ok' if finding.ok else 'NO':3} {finding.what}: {finding.detail}")
    good = all(finding.ok for finding in findings)
    click.echo(
        "Student code can be confined here." if good else "Student code can NOT be confined here: `autograder grade` refuses without --unconfined."
    )
    sys.exit(not good)


@main.command()
def kernelspecs() -> None:
    """Install the kernelspecs `warm` and `confined` into this environment (make does it).

    Example: autograder kernelspecs && jupyter nbconvert --execute --ExecutePreprocessor.kernel_name=warm notebook.ipynb
    """
    from autograder.kernels.provisioner import install_kernelspecs

    for folder in install_kernelspecs(sys.prefix):
        click.echo(str(folder))
