"""How fast is the grader? Plain `nbgrader autograde`, ours and otter-grader on the same submissions, in one run.

Prints a table in Markdown; `--json` keeps every figure. README.md beside this file says what is measured, and what is not.
"""

import functools
import importlib.metadata
import json
import os
import platform
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import click
import nbformat
import peer_otter
import psutil
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from processes import Cost, GraderFailed, Memory, adopt_orphans, run, timed, watched_memory
from submissions import Student, answered, students

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
ASSIGNMENT = "digits"
NOTEBOOK = f"{ASSIGNMENT}.ipynb"
MEGABYTE = 2**20
TIMES_PLAIN, SHARE_OF_BOUND = 10.0, 0.5  # what we aim at
DISTURBED = 0.05  # the share of others from which the figures are not to be trusted
TRAINING = {f"{cell}{part}" for cell in ("fit", "predict") for part in ("", "-test")}  # the cells that train the network, or use it
WATCHED = 4  # submissions of the pass that looks at memory
PACKAGES = ("nbgrader", "nbclient", "jupyter_client", "ipykernel", "tensorflow", "keras", "numpy", "scikit-learn")

ENVIRONMENT = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
}

Points = dict[str, dict[str, float]]


@dataclass
class Figures:
    """What one grader took for all submissions. `seconds` are those of each submission; `warm_rate` leaves the start out."""

    name: str
    cost: Cost
    submissions: int
    seconds: list[float]
    warm_rate: float | None = None
    memory: Memory | None = None
    points: Points = field(default_factory=dict, repr=False)

    @property
    def rate(self) -> float:
        """Submissions a minute, from the start of the command to its end."""
        return 60 * self.submissions / self.cost.wall_seconds


@dataclass
class Bound:
    """CPU-seconds of the cells of each submission, run one notebook at a time, and with all cores busy."""

    alone: list[float]
    busy: list[float]
    cores: int

    @property
    def rate(self) -> float:
        """Submissions a minute, if cores did nothing but run cells."""
        return 60 * len(self.alone) * self.cores / sum(self.alone)

    @property
    def busy_rate(self) -> float:
        """The same, at the speed that the cells have when every core works."""
        return 60 * len(self.busy) * self.cores / sum(self.busy)


# The course, and the graders ------------------------------------------------------------------------------------------


class Bench:
    """A throwaway folder with the course, and the three graders that can be run on copies of it."""

    def __init__(self, folder: Path, class_: list[Student], *, jobs: int, training: bool = True) -> None:
        self.folder = folder
        self.class_ = class_
        self.jobs = jobs
        binaries = Path(sys.executable).parent
        self.environment = {
            **os.environ,
            **ENVIRONMENT,
            "PATH": f"{binaries}:{os.environ['PATH']}",  # nbgrader calls alembic by name
            "IPYTHONDIR": str(folder / "ipython"),
        }
        self._course = folder / "course"
        shutil.copytree(HERE / "course", self._course)
        place = self._course / "source" / ASSIGNMENT / NOTEBOOK
        self.source = nbformat.read(place, as_version=4)
        if not training:
            self.source.cells = [cell for cell in self.source.cells if cell.metadata.get("nbgrader", {}).get("grade_id") not in TRAINING]
            nbformat.write(self.source, place)
        run(
            [sys.executable, "-m", "nbgrader", "generate_assignment", ASSIGNMENT], cwd=self._course, env=self.environment, log=folder / "generate.log"
        )
        student_version = nbformat.read(self._course / "release" / ASSIGNMENT / NOTEBOOK, as_version=4)
        self.submitted: dict[str, NotebookNode] = {student.name: answered(student_version, student) for student in class_}

    def course(self, name: str, class_: list[Student]) -> Path:
        """A fresh copy of the course, in which these students have handed in."""
        course = self.folder / name
        shutil.copytree(self._course, course)
        for student in class_:
            place = course / "submitted" / student.name / ASSIGNMENT
            place.mkdir(parents=True)
            nbformat.write(self.submitted[student.name], place / NOTEBOOK)
        return course

    def plain(self, name: str, class_: list[Student]) -> Figures:
        """`nbgrader autograde`, all students in one command."""
        course = self.course(name, class_)
        command = [sys.executable, "-m", "nbgrader", "autograde", ASSIGNMENT]
        started = time.time()
        cost = timed(lambda: run(command, cwd=course, env=self.environment, log=self.folder / f"{name}.log"))
        written = _written(course, class_)
        seconds = [after - before for before, after in zip([started, *written], written, strict=False)]
        return Figures("nbgrader autograde", cost, len(class_), seconds, points=_gradebook(course, class_))

    def ours(self, name: str, class_: list[Student]) -> Figures:
        """`autograder grade`, confined and examined from outside, the start of its zygote included."""
        course = self.course(name, class_)
        command = [sys.executable, "-m", "autograder", "grade", ASSIGNMENT, "--course", course, "--jobs", str(self.jobs), "--json"]
        answer = self.folder / f"{name}.json"
        cost = timed(lambda: run(command, cwd=course, env=self.environment, log=self.folder / f"{name}.log", stdout=answer))
        results = json.loads(answer.read_text())
        weaker = [result["student"] for result in results if not result["confined"] or result["inside"]]
        if weaker:
            raise GraderFailed(f"These were graded without confinement, or by tests inside the student's kernel: {', '.join(weaker)}.")
        warm_rate = _warm_rate(_written(course, class_), self.jobs)
        seconds = [result["seconds"] for result in results]
        return Figures("autograder grade", cost, len(class_), seconds, warm_rate, points=_gradebook(course, class_))

    def otter(self, program: Path, name: str, class_: list[Student]) -> Figures:
        """`otter run` without a container, one process a submission, as many at a time as ours has workers."""
        folder = self.folder / name
        folder.mkdir()
        peer_otter.write_tests(self.source, folder / "autograder.zip")
        peer_otter.write_submissions({student.name: self.submitted[student.name] for student in class_}, folder)
        names, seconds, log = [student.name for student in class_], [], self.folder / f"{name}.log"
        environment = {**self.environment, "PATH": f"{program.parent}:{os.environ['PATH']}"}
        cost = timed(lambda: seconds.extend(peer_otter.grade(program, folder, names, jobs=self.jobs, env=environment, log=log)))
        return Figures("otter run", cost, len(class_), seconds, points={student: peer_otter.points(folder, student) for student in names})

    def bound(self, graded: Path) -> Bound:
        """Run the cells of the notebooks that plain nbgrader graded: the students' answers with the instructor's own tests."""
        notebooks = [graded / "autograded" / student.name / ASSIGNMENT / NOTEBOOK for student in self.class_]
        cores = len(os.sched_getaffinity(0))
        measured = []
        for jobs in (1, cores):
            answer = self.folder / f"cells-{jobs}.json"
            answer.unlink(missing_ok=True)
            run(
                [sys.executable, HERE / "cells.py", "--jobs", str(jobs), *notebooks],
                cwd=self.folder,
                env=self.environment,
                log=self.folder / "cells.log",
                stdout=answer,
            )
            measured.append([result["cpu_seconds"] for result in json.loads(answer.read_text())])
        return Bound(*measured, cores=cores)

    def warm_up(self, python: Path | str) -> None:
        """Read an environment's libraries from disk once, so that whoever comes first does not pay for it."""
        run(
            [python, "-c", "import keras, sklearn.datasets, nbformat, IPython"],
            cwd=self.folder,
            env=self.environment,
            log=self.folder / "imports.log",
        )


def _written(course: Path, class_: list[Student]) -> list[float]:
    """When each graded notebook was written, in order of time."""
    paths = [course / "autograded" / student.name / ASSIGNMENT / NOTEBOOK for student in class_]
    missing = [path.parent.parent.name for path in paths if not path.exists()]
    if missing:
        raise GraderFailed(f"The grader ended well, but wrote no graded notebook for {', '.join(missing)}.")
    return sorted(path.stat().st_mtime for path in paths)


def _warm_rate(written: Sequence[float], jobs: int) -> float | None:
    """Submissions a minute after each worker has delivered its first one; None if there were too few."""
    if len(written) <= jobs or written[-1] <= written[jobs - 1]:
        return None
    return 60 * (len(written) - jobs) / (written[-1] - written[jobs - 1])


def _gradebook(course: Path, class_: list[Student]) -> Points:
    found = {}
    with Gradebook(f"sqlite:///{course}/gradebook.db", "benchmark") as gradebook:
        for student in class_:
            try:
                grades = gradebook.find_submission(ASSIGNMENT, student.name).notebooks[0].grades
            except MissingEntry as error:
                raise GraderFailed(f"The grader ended well, but {student.name} is not in the gradebook.") from error
            found[student.name] = {grade.name: grade.auto_score for grade in grades if grade.cell_type == "code"}
    return found


# The report -----------------------------------------------------------------------------------------------------------


def expected_points(source: NotebookNode, class_: list[Student]) -> Points:
    """What each student has earned, by test: the students' mistakes are ours, so we know."""
    of = {cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader.points for cell in source.cells if cell.metadata.get("nbgrader", {}).get("grade")}
    of = {test: most for test, most in of.items() if test.endswith("-test")}
    return {student.name: {test: 0 if test in student.loses else most for test, most in of.items()} for student in class_}


def differences(found: Points, right: Points) -> list[str]:
    """One line for each cell whose points are not as they should be."""
    return [
        f"{student}, {test}: {found[student].get(test)} instead of {points}"
        for student, tests in right.items()
        for test, points in tests.items()
        if found[student].get(test) != points
    ]


def spread(values: Sequence[float], digits: int = 1) -> str:
    """Median and quartiles."""
    if len(values) < 2:
        return "-"
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return f"{middle:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def machine() -> dict[str, str | int | float]:
    """What the figures were measured on."""
    model = next((line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")), "unknown")
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": model,
        "architecture": platform.machine(),
        "memory_gigabytes": round(psutil.virtual_memory().total / 2**30, 1),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
        **{name: importlib.metadata.version(name) for name in PACKAGES},
    }


COLUMNS = (
    "grader",
    "submissions a minute",
    "times plain",
    "share of the bound",
    "seconds a submission",
    "CPU-s a submission",
    "kernel's PSS, MB",
    "all, MB",
    "others' CPU",
)


def table(graders: Sequence[Figures], bound: Bound) -> str:
    """The figures as Markdown."""
    plain = graders[0]

    def row(name: str, rate: float, *rest: str) -> str:
        cells = [name, f"{rate:.1f}", f"{rate / plain.rate:.1f}", f"{rate / bound.rate:.0%}", *rest]
        return f"| {' | '.join(cells + [''] * (len(COLUMNS) - len(cells)))} |"

    lines = [f"| {' | '.join(COLUMNS)} |", f"| --- |{' ---: |' * (len(COLUMNS) - 1)}"]
    for figures in graders:
        memory, cost = figures.memory or Memory(), figures.cost
        kernels, everything = spread([size / MEGABYTE for size in memory.kernels], 0), f"{memory.total / MEGABYTE:.0f}"
        cpu, others = f"{cost.cpu_seconds / figures.submissions:.1f}", f"{cost.others:.0%}"
        lines.append(row(figures.name, figures.rate, spread(figures.seconds), cpu, kernels, everything, others))
        if figures.warm_rate:
            lines.append(row(f"{figures.name}, once warm", figures.warm_rate))
    lines.append(row("the cells alone (bound)", bound.rate, "", spread(bound.alone)))
    lines.append(row("the same, all cores busy", bound.busy_rate, "", spread(bound.busy)))
    return "\n".join(lines)


def targets(graders: Sequence[Figures], bound: Bound) -> list[str]:
    """Whether ours is where it should be, in sentences."""
    plain, ours = graders[0], next((figures for figures in graders if figures.name == "autograder grade"), None)
    if ours is None:
        return ["autograder grade did not run: no target was measured."]
    ratio = ours.rate / plain.rate
    lines = [f"Throughput is {ratio:.1f} times that of plain nbgrader; the target of {TIMES_PLAIN:.0f} is {_reached(ratio, TIMES_PLAIN)}."]
    if ours.warm_rate is None:
        lines.append("There were too few submissions to tell the share of the bound once warm.")
    else:
        share = ours.warm_rate / bound.rate
        lines.append(f"Once warm it is {share:.0%} of the bound; the target of {SHARE_OF_BOUND:.0%} is {_reached(share, SHARE_OF_BOUND)}.")
    return lines


def _reached(value: float, target: float) -> str:
    return "reached" if value >= target else "missed"


def _say(text: str) -> None:
    click.echo(f"{time.strftime('%H:%M:%S')} {text}", err=True)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--submissions", "number", default=32, show_default=True, type=click.IntRange(min=4), help="How many students hand in.")
@click.option("--jobs", default=None, type=click.IntRange(min=1), help="Submissions that are graded at once.  [default: two a core]")
@click.option("--no-training", is_flag=True, help="Leave out the cells that train the network or use it: what is left is light.")
@click.option("--skip-otter", is_flag=True, help="Leave otter-grader out (its environment takes 2.4 GB).")
@click.option("--quick", is_flag=True, help="Four submissions, without otter: does it work? Not for figures.")
@click.option("--json", "json_path", default=None, type=click.Path(dir_okay=False, path_type=Path), help="Write every figure to this file.")
def main(number: int, jobs: int | None, no_training: bool, skip_otter: bool, quick: bool, json_path: Path | None) -> None:
    """Measure plain nbgrader, ours and otter-grader on the same submissions.

    Example: .venv/bin/python benchmarks/grading.py --json figures.json
    """
    if quick:
        number, skip_otter = 4, True
    jobs = jobs or 2 * len(os.sched_getaffinity(0))
    class_ = students(number)
    watched = [student for student in class_ if "fit-test" not in student.loses][:WATCHED]
    facts, failures = machine(), []
    adopt_orphans()
    with tempfile.TemporaryDirectory(prefix="grading-") as place:
        bench = Bench(Path(place), class_, jobs=jobs, training=not no_training)
        right = expected_points(bench.source, class_)
        graders: list[tuple[str, Callable[[str, list[Student]], Figures]]] = [("plain", bench.plain), ("ours", bench.ours)]
        if not skip_otter:
            try:
                otter = peer_otter.install()
                bench.warm_up(otter.with_name("python"))
                graders.append(("otter", functools.partial(bench.otter, otter)))
            except GraderFailed as failure:
                failures.append(str(failure))
        bench.warm_up(sys.executable)
        measured: list[Figures] = []
        for name, grade in graders:
            _say(f"{name}: {number} submissions (load {os.getloadavg()[0]:.2f}) ...")
            try:
                figures = grade(name, class_)
                _say(f"{name}: {figures.rate:.1f} a minute; now {len(watched)} of them for the memory ...")
                with watched_memory() as figures.memory:
                    grade(f"{name}-memory", watched)
            except GraderFailed as failure:
                if name == "plain":
                    raise click.ClickException(f"Plain nbgrader failed, so there is nothing to compare with. {failure}") from failure
                failures.append(f"{name}: {failure}")
                continue
            measured.append(figures)
        _say("the cells alone ...")
        bound = bench.bound(Path(place) / "plain")
    wrong = {figures.name: differences(figures.points, right) for figures in measured}
    cells = sum(map(len, right.values()))
    report = [
        f"{number} submissions, {jobs} at once, {facts['cores']} cores ({facts['processor']}, {facts['architecture']}), Linux {facts['kernel']}, "
        f"Python {facts['python']}, TensorFlow {facts['tensorflow']}, nbgrader {facts['nbgrader']}; load before the run {facts['load_before']}.",
        "",
        table(measured, bound),
        "",
        *(f"- {line}" for line in targets(measured, bound)),
        *(f"- {name}: the points of {cells - len(lines)} of {cells} test cells are as expected." for name, lines in wrong.items()),
        *(f"  - {line}" for lines in wrong.values() for line in lines[:10]),
        *(f"- Failed. {failure}" for failure in failures),
        *(
            f"- Others took {one.cost.others:.0%} of the processors while {one.name} ran: measure again."
            for one in measured
            if one.cost.others > DISTURBED
        ),
    ]
    click.echo("\n".join(report))
    if json_path:
        figures = [{**asdict(one), "rate": one.rate, "points_differ": wrong[one.name]} for one in measured]
        bound_figures = {**asdict(bound), "rate": bound.rate, "busy_rate": bound.busy_rate}
        json_path.write_text(json.dumps({"machine": facts, "jobs": jobs, "graders": figures, "bound": bound_figures, "failures": failures}, indent=1))
    sys.exit(bool(failures) or any(wrong.values()))


if __name__ == "__main__":
    main()
