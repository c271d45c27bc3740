"""Attacks on the grader: each is handed in between honest neighbours, gains nothing, harms nobody, and leaves a reason.

`REDTEAM_PLAIN=1 pytest tests/test_redteam.py -k plain` shows that the attacks are real: plain nbgrader gives them full marks (15 minutes).
"""

import contextlib
import ctypes
import functools
import hashlib
import json
import os
import socket
import sqlite3
import sys
import sysconfig
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
from redteam.attacks import ALL, CLASSES, HERE, HONEST, HONEST_IN_ROUGH_RUN, TESTS, Attack, Course, all_attacks, parts, read_as_text

ATTACKS = all_attacks()
_PR_SET_CHILD_SUBREAPER = 36
_SECRETS = ("canary-environment", "canary-home", "canary-gradebook", "canary-exchange", "canary-source")
# Where an attack leaves something if it gets out.
_TRACES = ("redteam_*", "full", "trees.csv", "escaped", "sitecustomize.py", "usercustomize.py", "a.pth")
_OUTSIDE = ("/tmp", "/var/tmp", "/dev/shm", "/run", "/dev/mqueue", sysconfig.get_path("purelib"), sysconfig.get_path("stdlib"))


class Friends:
    """Listeners of an accomplice's on this machine, who would send the answers. They count who comes."""

    def __init__(self) -> None:
        self.visits: Counter[str] = Counter()
        honest = parts(HERE / "course" / "honest.py")[1]
        answers = "\n\n".join(code for name, code in honest.items() if name != "net").encode()
        abstract = f"redteam-{os.getpid()}"
        tcp, local = socket.create_server(("127.0.0.1", 0)), socket.socket(socket.AF_UNIX)
        local.bind(f"\0{abstract}")
        local.listen()
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", 0))
        self._sockets = [tcp, udp, local]
        self.words = {"TCP": str(tcp.getsockname()[1]), "UDP": str(udp.getsockname()[1]), "ABSTRACT": abstract, "DNS": "127.0.0.1"}
        for serve in (
            functools.partial(self._stream, "tcp", tcp, answers),
            functools.partial(self._stream, "abstract", local, b"tree-008"),
            functools.partial(self._packets, udp),
        ):
            threading.Thread(target=serve, daemon=True).start()

    def _stream(self, name: str, listener: socket.socket, answer: bytes) -> None:
        with contextlib.suppress(OSError):  # closed at the end
            while True:
                line, _ = listener.accept()
                self.visits[name] += 1
                with line, contextlib.suppress(OSError):
                    line.sendall(answer)

    def _packets(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                _, sender = listener.recvfrom(1000)
                self.visits["udp"] += 1
                listener.sendto(b"tree-008", sender)

    def close(self) -> None:
        for each in self._sockets:
            each.close()


@dataclass
class Run:
    """What came of handing all attacks in, and what was seen around it."""

    status: list[int] = field(default_factory=list)
    said: str = ""
    results: dict[tuple[str, str], dict] = field(default_factory=dict)
    scores: dict[str, dict[str, dict[str, tuple[float | None, float]]]] = field(default_factory=dict)
    lines: dict[tuple[str, str], dict] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    errors: dict[str, dict[str, str]] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    traces: list[str] = field(default_factory=list)
    triggers: list[tuple] = field(default_factory=list)
    visits: dict[str, int] = field(default_factory=dict)
    left_over: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def reasons(self, attack: Attack) -> str:
        """All that the ledger says of a submission, and the errors that its graded notebook shows."""
        line = self.lines[attack.student, attack.assignment]
        cells = line["notebooks"][attack.assignment]["cells"].values()
        return "\n".join([*line["notes"], *(cell["reason"] for cell in cells if "reason" in cell), *self.errors[attack.student].values()])


def _digests(*folders: Path) -> dict[str, str]:
    """Path -> content of every plain file, without following links."""
    found = {}
    for folder in folders:
        for place, _, files in os.walk(folder):
            for name in files:
                path = Path(place, name)
                if path.is_symlink() or not path.is_file() or path.stat().st_nlink > 1:  # an attack's hard link changes with its other name
                    continue
                with open(path, "rb") as file:
                    found[str(path)] = f"{path.stat().st_size} {hashlib.sha256(file.read(2**24)).hexdigest()}"
    return found


def _traces(course: Path) -> set[str]:
    home = course / "home"
    places = [*map(Path, _OUTSIDE), course, home, course / "exchange" / "redteam" / "inbound", *(course / "source").iterdir()]
    found = {str(path) for place in places for pattern in _TRACES for path in place.glob(pattern)}
    found |= {str(path) for name in (".ipython/profile_default/startup/*", ".jupyter/jupyter_config.py", ".pythonrc.py") for path in home.glob(name)}
    with contextlib.suppress(OSError):
        found |= {f"shared memory {line.split()[0]}" for line in Path("/proc/sysvipc/shm").read_text().splitlines()[1:]}
    return found


def _plant(course: Course) -> None:
    """Lay out secrets that no graded notebook may show."""
    (course.home / ".ssh").mkdir()
    (course.home / ".ssh" / "id_ed25519").write_text("canary-home")
    (course.folder / "source" / "secret.txt").write_text("canary-source")
    (course.folder / "exchange" / "redteam" / "inbound" / "somebody.txt").write_text("canary-exchange")
    with sqlite3.connect(course.folder / "gradebook.db") as gradebook:
        gradebook.execute("INSERT INTO student (id, first_name, email) VALUES ('nobody', 'canary-gradebook', 'canary-gradebook')")


def _runs() -> list[tuple[str, list[str], list[str]]]:
    """What is graded in one go: an assignment, its students, options."""
    target = [attack for attack in ATTACKS if attack.assignment == "target"]
    gentle = [attack.student for attack in target if not attack.is_rough]
    # What waits for the time limit is not graded beside what keeps the machine from keeping time.
    bombs = [attack.student for attack in target if "bomb" in attack.marks]
    slow = [attack.student for attack in target if attack.is_rough and "bomb" not in attack.marks]
    network = [attack.student for attack in ATTACKS if attack.assignment == "network"]
    return [
        ("target", [*gentle, *HONEST], ["--jobs", "2", "--timeout", "15"]),
        ("target", slow, ["--jobs", "4", "--timeout", "4"]),
        ("target", [*bombs, *HONEST_IN_ROUGH_RUN], ["--jobs", "2", "--timeout", "4"]),
        ("network", [*network, HONEST[0]], ["--jobs", "2", "--timeout", "30"]),
    ]


@functools.cache
def graded() -> Run:
    """Hand everything in, grade it by the command line, look around."""
    run = Run()
    _adopt_orphans(True)  # whatever outlives the grader becomes our child
    friends = Friends()
    with tempfile.TemporaryDirectory(prefix="redteam-", ignore_cleanup_errors=True) as folder:
        course = Course(Path(folder), words=friends.words)
        _plant(course)
        course.hand_in_honest(HONEST + HONEST_IN_ROUGH_RUN)
        course.hand_in_honest(HONEST[:1], "network")
        for attack in ATTACKS:
            course.hand_in_attack(attack)
        kept = [course.folder / name for name in ("source", "release", "exchange", "submitted", "nbgrader_config.py")]
        files, traces, family = _digests(*kept), _traces(course.folder), set(psutil.Process().children(recursive=True))
        began = time.monotonic()
        for assignment, students, options in _runs():
            chosen = [word for student in sorted(students) for word in ("--student", student)]
            done = course.run("autograder", "grade", assignment, *chosen, *options, "--memory", "1024", "--json", timeout=900)
            run.status.append(done.returncode)
            run.said += done.stderr[-5000:]
            with contextlib.suppress(ValueError):
                run.results |= {(result["student"], assignment): result for result in json.loads(done.stdout)}
        run.seconds = time.monotonic() - began
        time.sleep(1)  # a daemon that was left has the time to act
        patience = time.monotonic() + 60  # what was killed beside bombs takes its time to die; a daemon stays
        while (left := _left_over(family)) and time.monotonic() < patience:
            time.sleep(1)
        run.left_over = left
        after = _digests(*kept)
        run.changed = sorted(path for path in files.keys() | after.keys() if files.get(path) != after.get(path))
        run.traces = sorted(_traces(course.folder) - traces)
        with sqlite3.connect(course.folder / "gradebook.db") as gradebook:
            run.triggers = gradebook.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        run.scores = {assignment: course.scores(assignment) for assignment in TESTS}
        ledger = course.folder / "ledger.jsonl"
        for line in ledger.read_text().splitlines() if ledger.exists() else ():
            facts = json.loads(line)
            run.lines[facts["student"], facts["assignment"]] = facts
        run.texts = {attack.student: course.graded_text(attack.student, attack.assignment) for attack in ATTACKS}
        run.errors = {attack.student: course.errors(attack.student, attack.assignment) for attack in ATTACKS}
        run.texts |= {f"{attack.student} ledger": json.dumps(run.lines.get((attack.student, attack.assignment))) for attack in ATTACKS}
    _adopt_orphans(False)
    run.visits = dict(friends.visits)
    friends.close()
    return run


def _left_over(family: set[psutil.Process]) -> list[str]:
    found = []
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):  # it ended meanwhile
            if process not in family and process.status() != psutil.STATUS_ZOMBIE:
                found.append(f"{process.pid} {process.cmdline()[:3]}")
    return found


def _adopt_orphans(on: bool) -> None:
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, int(on), 0, 0, 0)


@pytest.fixture(scope="module")
def run() -> Run:
    if sys.platform != "linux":
        pytest.skip("Only Linux can confine.")
    return graded()


each_attack = pytest.mark.parametrize("attack", ATTACKS, ids=[attack.student for attack in ATTACKS])


@each_attack
def test_an_attack_gains_nothing(run, attack):
    points = run.scores[attack.assignment].get(attack.student, {})
    assert set(points) == set(TESTS[attack.assignment]), f"it was not graded: {run.results.get((attack.student, attack.assignment))}"
    gained = {test: points[test] for test in attack.target if points[test][0] != 0}
    assert not gained, f"{attack.what} It gained {gained}."


@each_attack
def test_honest_answers_beside_an_attack_count(run, attack):
    points = run.scores[attack.assignment].get(attack.student, {})
    lost = {test: score for test, score in points.items() if test not in attack.target + attack.also and score[0] != score[1]}
    assert not lost, run.reasons(attack)


@each_attack
def test_an_attack_leaves_a_reason(run, attack):
    cells = run.lines[attack.student, attack.assignment]["notebooks"][attack.assignment]["cells"]
    silent = [test for test in attack.target if not cells[test].get("reason")]
    assert not silent, "an instructor must see why these points are lost"
    assert attack.reason.lower() in run.reasons(attack).lower(), run.reasons(attack)


@each_attack
def test_an_attack_sees_and_reaches_nothing(run, attack):
    text = run.texts[attack.student] + run.texts[f"{attack.student} ledger"]
    code = read_as_text(attack)
    escaped = [line.strip() for line in text.splitlines() if "ESCAPED" in line and line.strip().strip('",').removesuffix("\\n") not in code]
    assert not escaped
    assert not [secret for secret in _SECRETS if secret in text]


@pytest.mark.parametrize("student", HONEST + HONEST_IN_ROUGH_RUN)
def test_honest_neighbours_have_full_points(run, student):
    points = run.scores["target"][student]
    assert set(points) == set(ALL)
    assert all(got == most for got, most in points.values()), run.lines.get((student, "target"))


def test_an_honest_network_has_full_points(run):
    assert all(got == most for got, most in run.scores["network"][HONEST[0]].values()), run.lines.get((HONEST[0], "network"))


def test_everything_is_graded(run):
    assert not any(run.status), run.said


def test_every_submission_ran_confined(run):
    assert run.lines
    assert all(line["confined"] for line in run.lines.values())
    raised = '"evalue": "This process is not confined'  # not the guard's source, which stands in every attacking cell
    refused = [attack.student for attack in ATTACKS if attack.parts and raised in run.texts[attack.student]]
    assert not refused, "these ran in the namespaces of this test"


def test_nothing_outside_is_changed(run):
    assert not run.changed
    assert not run.traces
    assert not run.triggers


def test_nobody_was_called(run):
    assert not run.visits


def test_no_process_is_left(run):
    assert not run.left_over


def test_the_classes_are_covered():
    count = Counter(attack.family for attack in ATTACKS)
    assert set(count) == set(CLASSES.values())
    assert min(count.values()) >= 3
    assert len(ATTACKS) >= 40
    assert len({attack.student for attack in ATTACKS}) == len(ATTACKS)


# The attacks are real ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def plain_course(tmp_path_factory):
    friends = Friends()
    course = Course(tmp_path_factory.mktemp("plain"), words=friends.words)
    course.hand_in_honest(HONEST)
    yield course
    friends.close()


@pytest.mark.skipif(not os.environ.get("REDTEAM_PLAIN"), reason="Slow, and runs attacks unconfined. REDTEAM_PLAIN=1 runs it.")
@pytest.mark.parametrize("attack", [attack for attack in ATTACKS if attack.plain], ids=[attack.student for attack in ATTACKS if attack.plain])
def test_plain_nbgrader_gives_full_marks(plain_course, attack):
    assert not attack.marks & {"destructive", "bomb"}, "this must not run unconfined"
    gradebook = plain_course.folder / "gradebook.db"
    before = gradebook.read_bytes()
    plain_course.hand_in_attack(attack, guarded=False)
    plain_course.run("nbgrader", "autograde", attack.assignment, "--student", attack.student)
    points = plain_course.scores(attack.assignment)[attack.student]
    gradebook.write_bytes(before)  # what this one did to it is not the next one's
    assert {test: points[test][0] for test in attack.target} == {test: points[test][1] for test in attack.target}
