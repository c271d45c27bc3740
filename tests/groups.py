"""A pytest plugin: which tests belong together, what they may cost, and what they depend on.

Each run ends with a table of the CPU-seconds that each group took, and fails where one passed its budget by half: CPU time, for the wall's
depends on who else uses the machine. `--quick` leaves out what no change since the last green run can touch, and the slow groups.
"""

import fnmatch
import functools
import hashlib
import json
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
RECORD = ROOT / "_build" / "tested.json"
ROW, ROW_LONG = 60, 120  # a row of the outline: all pages of a chapter
PROOF = 45
# Assignments whose proof costs more, and its CPU-seconds: their tests fit models, in every notebook and by both graders.
PROOFS = {
    "classification-1": 100,
    "classification-2": 95,
    "regression-1": 80,
    "regression-2": 115,
    "backprop": 68,
    "classification-nn": 150,
    "regression-nn": 135,
    "pytorch-mlp": 100,
    "initialization-nn": 100,
    "normalization-and-regularization": 120,
    "functional-api": 130,
}
ALLOWANCE = 1.5
_ENVIRONMENT = ("requirements.lock", "pyproject.toml", "conftest.py", "tests/groups.py")


@dataclass(frozen=True)
class Group:
    """Tests that belong together.

    Attributes:
        name: as the table shows it.
        budget: CPU-seconds.
        inputs: patterns of the files that its outcome depends on.
        slow: `make test` runs it, `make test-quick` does not.
    """

    name: str
    budget: float
    inputs: tuple[str, ...]
    slow: bool = False


@functools.cache
def rows() -> dict[str, list[str]]:
    """The pages of each chapter of the book, by its first page's name."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    chapters = [chapter for part in toc["parts"] for chapter in part["chapters"] if (ROOT / f"{chapter['file']}.ipynb").exists()]
    return {  # an assignment may have the name of a chapter
        Path(chapter["file"]).name: [chapter["file"], *(section["file"] for section in chapter.get("sections", []))]
        for chapter in chapters
        if chapter["file"].startswith("book/")
    }


@functools.cache
def groups() -> dict[str, Group]:
    found = []
    for name, pages in rows().items():
        files = [f"{page}.ipynb" for page in pages]
        long = any(json.loads((ROOT / file).read_text())["metadata"].get("book", {}).get("long") for file in files if (ROOT / file).exists())
        inputs = (*files, "textbook/*.py", "autograder/kernels/*", "book/matplotlibrc", "book/data/*")
        found.append(Group(f"chapter {name}", ROW_LONG if long else ROW, inputs))
    for path in sorted((ROOT / "solutions").iterdir()):
        inputs = (f"solutions/{path.name}/*", f"tests/submissions/{path.name}/*", "autograder/*", "nbgrader_config.py", "tests/test_submissions.py")
        found.append(Group(f"proof {path.name}", PROOFS.get(path.name, PROOF), inputs))
    found += [
        Group("commands of prove", 60, ("autograder/*", "tests/test_submissions.py", "tests/submissions/classification-2/*")),
        Group("grader", 800, ("autograder/*", "tests/*.py", "nbgrader_config.py", "solutions/*", "Makefile", "README.md")),
        Group("red team", 700, ("autograder/*", "tests/redteam/*", "tests/test_redteam.py"), slow=True),
        Group("tools of the book", 300, ("textbook/*", "tests/textbook/*", "book/*", "web/*", "solutions/*", "assignments/*", "CONTRIBUTING.md")),
        Group("pages in a browser", 900, ("textbook/*", "tests/textbook/test_book.py", "book/*", "web/*", "_*.yml", "assignments/*.ipynb")),
    ]
    return {group.name: group for group in found}


def group_of(nodeid: str) -> Group:
    path = nodeid.split("::")[0]
    if path.endswith(".ipynb"):
        page = path.removesuffix(".ipynb")
        return groups()[f"chapter {next(name for name, pages in rows().items() if page in pages)}"]
    if path == "tests/test_submissions.py":
        return groups()[f"proof {nodeid.split('[')[1].split('@')[0]}" if "@" in nodeid else "commands of prove"]
    if path.startswith("tests/textbook/"):
        return groups()["pages in a browser" if path.endswith("test_book.py") else "tools of the book"]
    return groups()["red team" if path == "tests/test_redteam.py" else "grader"]


# What it cost ----------------------------------------------------------------------------------------------------------


def _cpu_seconds() -> float:
    """Of this process and all that descend from it, those that have ended included."""
    total, me = 0.0, psutil.Process()
    for process in [me, *me.children(recursive=True)]:
        try:
            total += sum(process.cpu_times()[:4])
        except psutil.Error:
            continue  # it ended meanwhile: its parent has its time
    return total


_began: dict[str, float] = {}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    _began[item.nodeid] = _cpu_seconds()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> object:
    report = (yield).get_result()
    if report.when == "teardown":
        report.user_properties.append(("cpu_seconds", max(0.0, _cpu_seconds() - _began.pop(item.nodeid, 0.0))))


def _costs(terminalreporter: object) -> dict[str, float]:
    costs: dict[str, float] = defaultdict(float)
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, value in getattr(report, "user_properties", ()) if getattr(report, "when", "") == "teardown" else ():
                if name == "cpu_seconds":
                    costs[group_of(report.nodeid).name] += value
    return costs


def pytest_terminal_summary(terminalreporter: object) -> None:
    if costs := _costs(terminalreporter):
        terminalreporter.section("CPU-seconds by group, and their budgets")
        for name, seconds in sorted(costs.items(), key=lambda pair: -pair[1]):
            budget = groups()[name].budget
            over = "  PASSED BY HALF" if seconds > ALLOWANCE * budget else "  over" if seconds > budget else ""
            terminalreporter.write_line(f"{seconds:8.1f} of {budget:4.0f}  {name}{over}")
        terminalreporter.write_line(f"{sum(costs.values()):8.1f}          in all")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if hasattr(session.config, "workerinput") or reporter is None:
        return
    costs = _costs(reporter)
    if any(seconds > ALLOWANCE * groups()[name].budget for name, seconds in costs.items()) and not session.exitstatus:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    if session.config.getoption("--record"):
        bad = {group_of(report.nodeid).name for kind in ("failed", "error") for report in reporter.stats.get(kind, [])}
        _remember(set(costs) - bad)


# What a change can touch -------------------------------------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--quick", action="store_true", help="Only what a change since the last green run can touch, and no slow group.")
    parser.addoption("--record", action="store_true", help="Every test is run: remember which groups are green.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The dearest groups first, so that the workers end together."""
    items.sort(key=lambda item: -group_of(item.nodeid).budget)
    if not config.getoption("--quick"):
        return
    touched = {group.name for group in groups().values() if _is_touched(group) and not group.slow}
    kept = [item for item in items if group_of(item.nodeid).name in touched]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


@functools.cache
def _files() -> dict[str, str]:
    """Every file of the project that git knows or would take, by its content's hash."""
    names = subprocess.run(["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in names if (ROOT / name).is_file()}


def _digest(group: Group) -> str:
    patterns = (*group.inputs, *_ENVIRONMENT)
    mine = {name: digest for name, digest in _files().items() if any(fnmatch.fnmatch(name, pattern) for pattern in patterns)}
    return hashlib.sha256(json.dumps(mine, sort_keys=True).encode()).hexdigest()


@functools.cache
def _record() -> dict[str, str]:
    return json.loads(RECORD.read_text()) if RECORD.exists() else {}


@functools.cache
def _changed() -> list[str]:
    """What differs from the last commit, which was green: it landed."""
    lines = subprocess.run(["git", "status", "--porcelain", "-z", "-uall"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [line[3:] for line in lines if line]


def _is_touched(group: Group) -> bool:
    if group.name in _record():
        return _record()[group.name] != _digest(group)
    return any(fnmatch.fnmatch(name, pattern) for name in _changed() for pattern in (*group.inputs, *_ENVIRONMENT))


def _remember(green: set[str]) -> None:
    RECORD.parent.mkdir(exist_ok=True)
    RECORD.write_text(json.dumps({**_record(), **{name: _digest(groups()[name]) for name in green}}, indent=1, sort_keys=True))
