"""otter-grader as a peer: an environment of its own, and the same notebooks and tests in its format.

otter's containers need a Docker daemon, so what runs here is its `otter run`: one process a submission, without a container. The tests are
the cells of our assignment, run in the student's namespace by otter's exception-based test files.
"""

import copy
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter

import nbformat
from nbformat import NotebookNode
from processes import GraderFailed, run

HERE = Path(__file__).resolve().parent
LOCK = HERE / "otter.lock"
ENVIRONMENT = HERE.parent / "_build" / "benchmarks" / "otter"

_TEST_FILE = """\
from otter.test_files import test_case

OK_FORMAT = False
name = {name!r}
points = {points}
SOURCE = {source!r}


@test_case()
def cell(env):
    exec(compile(SOURCE, {name!r}, "exec"), env)
"""


def install() -> Path:
    """Make otter's environment from the lock file, unless it is there already.

    Returns:
        The program `otter` in it.

    Raises:
        GraderFailed: it can't be installed, for example without a network.
    """
    stamp, wanted = ENVIRONMENT / "lock.sha256", hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        uv = Path(sys.executable).with_name("uv")
        environment = {**os.environ, "UV_SYSTEM_CERTS": os.environ.get("UV_SYSTEM_CERTS", "true")}
        for command in (
            [uv, "venv", "--quiet", "--python", sys.executable, ENVIRONMENT],
            [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", ENVIRONMENT / "bin" / "python", "--require-hashes", "-r", LOCK],
        ):
            result = subprocess.run([str(part) for part in command], env=environment, capture_output=True, text=True)
            if result.returncode:
                raise GraderFailed(f"otter-grader can't be installed (--skip-otter leaves it out): {result.stderr.strip()}")
        stamp.write_text(wanted)
    return ENVIRONMENT / "bin" / "otter"


def write_tests(source: NotebookNode, path: Path) -> None:
    """Write otter's autograder.zip with one test file for each autograded cell of the instructor's notebook."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("otter_config.json", json.dumps({"lang": "python", "print_summary": False, "print_score": False, "logo": False}))
        for cell in source.cells:
            if _is_test(cell):
                name, points = cell.metadata.nbgrader.grade_id, cell.metadata.nbgrader.points
                archive.writestr(f"tests/{name}.py", _TEST_FILE.format(name=name, points=points, source=cell.source))


def converted(submitted: NotebookNode) -> NotebookNode:
    """A student's notebook as otter would have it: the test cells go, and the answer before each names the test that runs after it."""
    notebook = copy.deepcopy(submitted)
    kept: list[NotebookNode] = []
    for cell in notebook.cells:
        if _is_test(cell):
            kept[-1].metadata["otter"] = {"tests": [cell.metadata.nbgrader.grade_id]}
        else:
            kept.append(cell)
    notebook.cells = kept
    return notebook


def _is_test(cell: NotebookNode) -> bool:
    grading = cell.metadata.get("nbgrader", {})
    return cell.cell_type == "code" and grading.get("grade", False) and not grading.get("solution", False)


def grade(otter: Path, folder: Path, students: list[str], *, jobs: int, env: dict[str, str], log: Path) -> list[float]:
    """Run `otter run` for each student, `jobs` at a time.

    Args:
        otter: the program.
        folder: holds autograder.zip and submitted/<student>/digits.ipynb; results/<student>/results.json is written.
        students: their names.
        jobs: processes at once.
        env: their environment.
        log: what they print.

    Returns:
        The seconds of wall time that each took.
    """

    def one(student: str) -> float:
        results = folder / "results" / student
        results.mkdir(parents=True)
        start = perf_counter()
        run(
            [otter, "run", "-a", folder / "autograder.zip", "-o", results, "--no-logo", folder / "submitted" / student / "digits.ipynb"],
            cwd=results,
            env=env,
            log=log,
        )
        return perf_counter() - start

    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(one, students))


def points(folder: Path, student: str) -> dict[str, float]:
    """The points that otter gave, by test."""
    path = folder / "results" / student / "results.json"
    if not path.exists():
        raise GraderFailed(f"otter ended well, but wrote no results for {student}.")
    results = json.loads(path.read_text())
    return {test["name"]: test["score"] for test in results["tests"] if "score" in test}


def write_submissions(submitted: dict[str, NotebookNode], folder: Path) -> None:
    """Write each student's notebook, converted, below `folder`."""
    for student, notebook in submitted.items():
        place = folder / "submitted" / student
        place.mkdir(parents=True)
        nbformat.write(converted(notebook), place / "digits.ipynb")
