"""Grade what is submitted: decide what needs it, share it out, write each result once, record it."""

import dataclasses
import importlib.metadata
import json
import os
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.preprocessors import Execute

from autograder.examiner.settings import Settings
from autograder.grading import GradingError, intake
from autograder.grading.course import Assignment, Course
from autograder.grading.interrupts import uninterrupted
from autograder.grading.ledger import Ledger
from autograder.grading.progress import Progress
from autograder.grading.workers import Failed, Graded, Job, Pool, usual_size
from autograder.grading.writer import Points, Writer
from autograder.kernels import Zygote, imported_modules

_PACKAGES = ("autograder", "ipykernel", "nbclient", "nbgrader", "numpy", "pandas", "scikit-learn", "tensorflow", "keras")


@dataclass(frozen=True)
class Result:
    """What came of one submission.

    Attributes:
        student: who handed in.
        assignment: what.
        status: "graded" now, "unchanged" since it was graded before, or "not graded".
        points: of the automatic tests; None if it is not graded.
        of: the most they give.
        by_hand: how many answers wait for a human.
        cells: by notebook and grade_id: points, of, and the reason where points were lost.
        notes: what was put right or left out, or why it is not graded.
        inside: tests that ran in the student's own kernel: lower assurance.
        confined: whether the student's code was.
        seconds: of wall time.
        cpu_seconds: of all its kernels.
        peak_memory: bytes.
    """

    student: str
    assignment: str
    status: str
    points: float | None = None
    of: float | None = None
    by_hand: int = 0
    cells: dict[str, dict[str, dict]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    confined: bool = True
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_memory: int = 0

    @property
    def is_graded(self) -> bool:
        return self.status != "not graded"


def settings_of(course: Course, **changes: object) -> Settings:
    """The course's settings: nbgrader's own time-out for a cell, and what is changed by name."""
    timeout = Execute(config=course.app.config).timeout
    settings = Settings() if timeout is None else Settings(timeout=timeout)
    return dataclasses.replace(settings, **{name: value for name, value in changes.items() if value is not None})


def grade(
    course: Path,
    assignment: str,
    *,
    students: Sequence[str] | None = None,
    jobs: int | None = None,
    force: bool = False,
    settings: Settings | None = None,
    progress: Progress | None = None,
    zygote: Zygote | None = None,
) -> list[Result]:
    """Grade an assignment's submissions in an nbgrader course folder.

    Args:
        course: the folder where `nbgrader` commands are run.
        assignment: its name.
        students: only these; by default all.
        jobs: how many notebooks at once; by default two a core.
        force: grade again what is graded and has not changed.
        settings: time, limits, confinement; by default the course's.
        progress: shows how far it has come; by default nothing is shown.
        zygote: one that was started already, with what the assignment imports; by default one is started.

    Returns:
        One result a submission, by student. Submissions that could not be graded are among them.

    Raises:
        GradingError: grading can not start, or can not go on. What was graded until then stays, and the next run goes on from there.
    """
    place = Course(course)
    settings = settings or settings_of(place)
    shown = progress or Progress()
    task = place.assignment(assignment, shown.say)
    handed_in = _chosen(place.submissions(assignment), students, place, assignment)
    with shown, Ledger(place.root) as ledger:
        writer = Writer(place, task, say=shown.say)
        known = ledger.latest(assignment)
        results: dict[str, Result] = {}
        todo: dict[str, list[Job]] = {}
        for student, folder in handed_in.items():
            notebooks = _submitted_notebooks(folder, task)
            line = known.get((student, assignment))
            if not notebooks:
                wanted = ", ".join(f"{name}.ipynb" for name in task.notebooks)
                note = f"{folder} holds no notebook of the assignment ({wanted}). Is it misnamed?"
                results[student] = Result(student, assignment, "not graded", notes=[note])
            elif not force and line is not None and _still_holds(line, folder, task, settings) and writer.has(student, notebooks):
                results[student] = _result(line, "unchanged")
            else:
                todo[student] = [Job(student, name, folder, Path()) for name in notebooks]
        shown.expect(len(todo))
        for student, graded in _graded(todo, task, settings, jobs, shown, zygote):
            if isinstance(graded, Failed):
                note = f"{graded.reason}. Grade again; if it stays so, run `autograder doctor`."
                results[student] = Result(student, assignment, "not graded", notes=[note])
            else:
                with uninterrupted():
                    stage, notebooks = graded
                    points = writer.write(student, stage, {name: found.notebook for name, found in notebooks.items()})
                    line = ledger.append(_facts(place, task, settings, student, points, notebooks))
                results[student] = _result(line, "graded")
            shown.step()
    return [results[student] for student in sorted(results)]


def _chosen(handed_in: dict[str, Path], students: Sequence[str] | None, course: Course, assignment: str) -> dict[str, Path]:
    if students is None:
        return handed_in
    unknown = [student for student in students if student not in handed_in]
    if unknown:
        where = course.folder("submitted", unknown[0], assignment)
        raise GradingError(f"There is no submission of {', '.join(unknown)}: {where} does not exist. Check the name, or collect it first.")
    return {student: handed_in[student] for student in dict.fromkeys(students)}


def _submitted_notebooks(folder: Path, assignment: Assignment) -> list[str]:
    """The assignment's notebooks that are there, as anything at all: what is no file is graded as a broken one."""
    return [name for name in assignment.notebooks if os.path.lexists(folder / f"{name}.ipynb")]


def _settings_as_json(settings: Settings) -> dict:
    return json.loads(json.dumps(dataclasses.asdict(settings)))


def _still_holds(line: dict, folder: Path, assignment: Assignment, settings: Settings) -> bool:
    if line["source"] != assignment.digest or line["settings"] != _settings_as_json(settings):
        return False
    return line["submission"] == intake.fingerprint(folder, assignment.ignore)


def _graded(
    todo: dict[str, list[Job]], assignment: Assignment, settings: Settings, jobs: int | None, progress: Progress, zygote: Zygote | None = None
) -> Iterator[tuple[str, Failed | tuple[Path, dict[str, Graded]]]]:
    """Each submission, as soon as all its notebooks are done: its files' folder and its notebooks, or why not."""
    if not todo:
        return
    nodes = [notebook.node for notebook in assignment.notebooks.values() if notebook.node]
    sources = [cell.source for node in nodes for cell in node.cells if cell.cell_type == "code"]
    with Pool(jobs or usual_size(), assignment, settings, preload=imported_modules(sources), zygote=zygote) as pool:
        numbered = enumerate(job for of_one in todo.values() for job in of_one)
        queue = [dataclasses.replace(job, stage=pool.folder / str(number)) for number, job in numbered]
        done: dict[str, dict[str, tuple[Job, Graded | Failed]]] = {student: {} for student in todo}
        for answer in pool.results(queue):
            if answer is None:
                progress.show()
                continue
            job, graded = answer
            so_far = done[job.student]
            so_far[job.notebook] = (job, graded)
            if len(so_far) == len(todo[job.student]):
                yield job.student, _together(so_far)
                del done[job.student]
                for finished, _ in so_far.values():
                    pool.forget(finished)


def _together(parts: dict[str, tuple[Job, Graded | Failed]]) -> Failed | tuple[Path, dict[str, Graded]]:
    failed = [graded for _, graded in parts.values() if isinstance(graded, Failed)]
    if failed:
        return failed[0]
    if len({graded.fingerprint for _, graded in parts.values()}) > 1:
        return Failed("the submission was changed while it was graded")
    stage = next(iter(parts.values()))[0].stage
    return stage, {name: graded for name, (_, graded) in sorted(parts.items())}


def _facts(course: Course, assignment: Assignment, settings: Settings, student: str, points: Points, notebooks: dict[str, Graded]) -> dict:
    """A line of the ledger."""
    parts: dict[str, dict] = {}
    for name, cells in points.items():
        graded = notebooks.get(name)
        reasons = graded.reasons if graded else dict.fromkeys(cells, f"{name}.ipynb was not handed in.")
        told = parts.setdefault(name, {"cells": {}})["cells"]
        for cell, (got, most) in sorted(cells.items()):
            told[cell] = {"points": got, "of": most}
            if not assignment.notebooks[name].cells[cell].is_test:
                told[cell]["by_hand"] = True
            if cell in reasons:
                told[cell]["reason"] = reasons[cell]
        if graded:
            parts[name] |= {fact: getattr(graded, fact) for fact in ("inside", "cpu_seconds", "wall_seconds", "peak_memory")}
    return {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "student": student,
        "assignment": assignment.name,
        "submission": next(iter(notebooks.values())).fingerprint,
        "source": assignment.digest,
        "settings": _settings_as_json(settings),
        "requirements": course.lock_digest,
        "versions": _versions(),
        "notebooks": parts,
        "notes": list(dict.fromkeys(note for graded in notebooks.values() for note in graded.notes)),
        "confined": all(graded.confined for graded in notebooks.values()),
    }


def _versions() -> dict[str, str]:
    found = {}
    for name in _PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def _result(line: dict, status: str) -> Result:
    parts = line["notebooks"]
    cells = [cell for part in parts.values() for cell in part["cells"].values()]
    automatic = [cell for cell in cells if "by_hand" not in cell]
    return Result(
        student=line["student"],
        assignment=line["assignment"],
        status=status,
        points=sum(cell["points"] or 0 for cell in automatic),
        of=sum(cell["of"] for cell in automatic),
        by_hand=sum(cell["points"] is None for cell in cells),
        cells={name: part["cells"] for name, part in parts.items()},
        notes=line["notes"],
        inside=[name for part in parts.values() for name in part.get("inside", [])],
        confined=line["confined"],
        seconds=round(sum(part.get("wall_seconds", 0.0) for part in parts.values()), 2),
        cpu_seconds=round(sum(part.get("cpu_seconds", 0.0) for part in parts.values()), 2),
        peak_memory=max((part.get("peak_memory", 0) for part in parts.values()), default=0),
    )


# Replay ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Verification:
    """What a replay found.

    Attributes:
        lines: of the ledger, all whole.
        seed: of the sample.
        replayed: how many submissions were graded again.
        differences: a sentence each; empty if everything agrees.
    """

    lines: int
    seed: int
    replayed: int
    differences: list[str]


def verify(
    course: Path,
    *,
    assignment: str | None = None,
    sample: int = 5,
    seed: int | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Verification:
    """Check the ledger's chain, grade a random sample again from the submitted files, and compare. Nothing is written.

    Args:
        course: the folder where `nbgrader` commands are run.
        assignment: only this one.
        sample: how many submissions; fewer if there are fewer.
        seed: of the sample; drawn if None.
        jobs: how many notebooks at once; by default two a core.
        progress: shows how far it has come; by default nothing is shown.

    Raises:
        GradingError: there is no ledger, its chain is broken, or a replay can not be run.
    """
    place = Course(course)
    ledger = Ledger(place.root, writing=False)
    seed = random.SystemRandom().randrange(10**6) if seed is None else seed
    latest = ledger.latest(assignment)
    drawn = random.Random(seed).sample(sorted(latest), min(sample, len(latest)))
    differences: list[str] = []
    replayed = 0
    with progress or Progress() as shown:
        shown.expect(len(drawn))
        for name in sorted({name for _, name in drawn}):
            lines = [latest[student, name] for student, of in drawn if of == name]
            found, count = _replay(place, place.assignment(name, shown.say), lines, jobs, shown)
            differences += found
            replayed += count
    return Verification(len(ledger.lines), seed, replayed, differences)


def _replay(course: Course, assignment: Assignment, lines: Iterable[dict], jobs: int | None, progress: Progress) -> tuple[list[str], int]:
    writer = Writer(course, assignment, say=progress.say)
    differences: list[str] = []
    todo: dict[str, dict[str, list[Job]]] = {}
    by_student = {line["student"]: line for line in lines}
    for student, line in by_student.items():
        folder = course.folder("submitted", student, assignment.name)
        who = f"{student}, {assignment.name}"
        if line["source"] != assignment.digest:
            differences.append(f"{who}: the assignment was changed since it was graded. Grade it again.")
        elif line["submission"] != intake.fingerprint(folder, assignment.ignore):
            differences.append(f"{who}: the submitted files are not those that were graded.")
        else:
            of_these = todo.setdefault(json.dumps(line["settings"], sort_keys=True), {})
            of_these[student] = [Job(student, name, folder, Path()) for name in _submitted_notebooks(folder, assignment)]
    count = 0
    for settings, of_these in todo.items():
        for student, graded in _graded(of_these, assignment, _settings_from_json(json.loads(settings)), jobs, progress):
            count += 1
            who = f"{student}, {assignment.name}"
            if isinstance(graded, Failed):
                differences.append(f"{who}: it can not be graded again: {graded.reason}.")
            else:
                again = {name: writer.points_of(found.notebook) for name, found in graded[1].items()}
                differences += _compared(who, by_student[student], again, writer.points(student))
            progress.step()
    return differences, count


def _settings_from_json(found: dict) -> Settings:
    limits = type(Settings().limits)(**found["limits"])
    return Settings(**{**found, "limits": limits})


def _compared(who: str, line: dict, again: Points, now: Points) -> Iterator[str]:
    for notebook, part in line["notebooks"].items():
        for cell, told in part["cells"].items():
            where = f"{who}: {notebook}.ipynb, cell {cell}"
            points = again[notebook].get(cell, (told["points"], None))[0] if notebook in again else told["points"]
            if points != told["points"]:
                yield f"{where}: the ledger says {told['points']}, graded again it gets {points}."
            recorded = now.get(notebook, {}).get(cell)
            if recorded is None:
                yield f"{where}: the ledger says {told['points']}, the gradebook does not have it."
            elif recorded[0] != told["points"]:
                yield f"{where}: the ledger says {told['points']}, the gradebook {recorded[0]}."
