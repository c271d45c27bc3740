"""The commands `grade` and `ledger`: thin, over functions that can be called from Python."""

import contextlib
import dataclasses
import glob
import json
import sys
from pathlib import Path

import click

from autograder.grading import GradingError
from autograder.grading.interrupts import uninterrupted

_course = click.option(
    "--course", default=".", type=click.Path(file_okay=False, path_type=Path), help="The folder where `nbgrader` commands are run.  [default: here]"
)
_jobs = click.option("--jobs", "-j", type=click.IntRange(min=1), help="Notebooks at once.  [default: two a core]")


@click.command()
@click.argument("assignment")
@click.option("--student", "-s", "students", multiple=True, help="Only this student; may be repeated.")
@_jobs
@click.option("--json", "as_json", is_flag=True, help="Results as JSON on standard output, instead of the table.")
@click.option("--force", is_flag=True, help="Grade again what is graded and has not changed.")
@click.option("--unconfined", is_flag=True, help="Let students' code do whatever you can do. Every report says so.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    help="Seconds that one cell may take.  [default: nbgrader's, from the course's configuration]",
)
@click.option("--total-timeout", type=click.FloatRange(min=0, min_open=True), help="Seconds that one notebook may take.  [default: 600]")
@click.option("--memory", type=click.IntRange(min=1), help="MiB that the processes of one kernel may use together.  [default: 4096]")
@_course
def grade(
    assignment: str,
    students: tuple[str, ...],
    jobs: int | None,
    as_json: bool,
    force: bool,
    unconfined: bool,
    timeout: float | None,
    total_timeout: float | None,
    memory: int | None,
    course: Path,
) -> None:
    """Grade what is submitted for ASSIGNMENT in an nbgrader course folder.

    The exit code is 0 only if every submission is graded. A second run grades only what is new or changed.

    Example: autograder grade regression-1 --student ada --student bob --jobs 4
    """
    if unconfined:
        click.echo("WARNING: unconfined. Students' code can read, change and send whatever you can.", err=True)
    try:
        with _early_zygote(course, assignment) as zygote:
            with uninterrupted():
                from autograder.grading import grader
                from autograder.grading.course import Course
                from autograder.grading.progress import Progress
                from autograder.kernels import Limits
            settings = grader.settings_of(
                Course(course),
                timeout=timeout,
                total_timeout=total_timeout,
                confined=False if unconfined else None,
                limits=Limits(memory=memory * 2**20) if memory else None,
            )
            options = {"students": students or None, "jobs": jobs, "force": force, "settings": settings, "zygote": zygote}
            results = grader.grade(course, assignment, progress=Progress(sys.stderr), **options)
    except GradingError as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt as error:
        raise click.ClickException("Interrupted. What is graded stays; the same command goes on from there.") from error
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(result) for result in results], indent=1))
    else:
        click.echo(table(results))
    sys.exit(not all(result.is_graded for result in results))


def _early_zygote(course: Path, assignment: str) -> contextlib.AbstractContextManager:
    """A zygote that imports while this process does: TensorFlow takes five seconds, nbgrader three.

    nbgrader's configuration, which names the folder of the sources, is not read yet; but any copy of the assignment says what it imports.
    """
    from autograder.kernels import Zygote, imported_modules

    cells = []
    for path in course.glob(f"*/{glob.escape(assignment)}/*.ipynb"):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):  # what is wrong with it is said later
            cells += ["".join(cell["source"]) for cell in json.loads(path.read_text())["cells"] if cell["cell_type"] == "code"]
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # no room: the grader will say so
            return Zygote(imported_modules(cells), wait=False)
    return contextlib.nullcontext()


@click.group()
def ledger() -> None:
    """The record of what was graded, when, and from what."""


@ledger.command()
@click.option("--sample", default=5, show_default=True, type=click.IntRange(min=0), help="Submissions to grade again.")
@click.option("--assignment", help="Only this assignment.")
@click.option("--seed", type=int, help="Draws the same sample again.")
@_jobs
@_course
def verify(sample: int, assignment: str | None, seed: int | None, jobs: int | None, course: Path) -> None:
    """Check that no line was changed; grade a random sample again and compare it with the ledger and the gradebook.

    Nothing is written. The exit code is 0 only if all agree.

    Example: autograder ledger verify --sample 20 --assignment regression-1
    """
    from autograder.grading import grader
    from autograder.grading.progress import Progress

    try:
        found = grader.verify(course, assignment=assignment, sample=sample, seed=seed, jobs=jobs, progress=Progress(sys.stderr))
    except GradingError as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt as error:
        raise click.ClickException("Interrupted.") from error
    click.echo(f"{found.lines} lines, none changed. Graded again: {found.replayed} (seed {found.seed}).")
    for difference in found.differences:
        click.echo(difference, err=True)
    click.echo("All agree." if not found.differences else f"{len(found.differences)} differences.")
    sys.exit(bool(found.differences))


def table(results: list) -> str:
    """Results as lines of text: student, points, seconds, notes."""
    if not results:
        return "Nothing is submitted."
    rows = [("student", "points", "of", "seconds", "notes")]
    details = []
    for result in results:
        if result.is_graded:
            rows.append((_plain(result.student), f"{result.points:g}", f"{result.of:g}", f"{result.seconds:.1f}", _notes(result)))
        else:
            rows.append((_plain(result.student), "not graded", "", "", ""))
        said = [f"{name}: {cell['reason']}" for cells in result.cells.values() for name, cell in cells.items() if "reason" in cell]
        details += [f"{_plain(result.student)}: {_plain(sentence)}" for sentence in [*result.notes, *said]]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]:>{widths[3]}}  {row[4]}".rstrip() for row in rows]
    return "\n".join([*lines, *(["", *details] if details else [])])


def _notes(result: object) -> str:
    notes = ["unchanged"] if result.status == "unchanged" else []
    if result.by_hand:
        notes.append(f"{result.by_hand} to grade by hand")
    if not result.confined:
        notes.append("UNCONFINED")
    if result.inside:
        notes.append(f"lower assurance: {', '.join(result.inside)}")
    return "; ".join(notes)


def _plain(text: str) -> str:
    """Text of a student's as one line, without what a terminal would obey."""
    return "".join(char if char.isprintable() else " " for char in text)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Grading."""


main.add_command(grade)
main.add_command(ledger)

if __name__ == "__main__":
    main()
