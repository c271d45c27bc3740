"""Read the attacks and hand them in: a throw-away course with a submission for each, and honest neighbours between them."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from redteam.files import ALL, FILE_ATTACKS

HERE = Path(__file__).resolve().parent
TESTS = {"target": ALL, "network": ("net-test",)}
# Before, between and after the attacks. Those that cost time go into a run of their own, with a short time limit.
HONEST = ("a-honest", "m-honest", "z-honest")
HONEST_IN_ROUGH_RUN = ("b-honest", "n-honest", "y-honest")
_ROUGH = frozenset({"shell", "messages", "bombs", "loops", "signals"})

# An attack that can do harm must never run where the harm would be real.
_GUARD = """import os as _os

if _os.readlink("/proc/self/ns/pid") == "{namespace}":
    raise RuntimeError("This process is not confined: the attack does not run here.")
del _os
"""

# The classes that issue 3 names, and the folders (or families of files.py) that hold their attacks.
CLASSES = {
    "shell and kernel patching": "shell",
    "forged messages on iopub and shell channels": "messages",
    "always-equal and chameleon objects": "chameleon",
    "patched numpy.testing, sklearn.metrics, builtins, json, keras": "patched",
    "names of the test and of the set-up rebound": "names",
    "import shadowing": "imports",
    "reading tests": "reading",
    "reading solutions and others' work": "stealing",
    "writing the gradebook or the exchange": "gradebook",
    "network": "network",
    "fork and thread bombs, memory, disk, inode and output floods": "bombs",
    "endless loops": "loops",
    "signals": "signals",
    "surviving daemons": "daemons",
    "symlinks and hard links": "links",
    "pickles and crafted payloads": "payloads",
    "enormous, deeply nested, forged and misplaced replies": "replies",
    "exceptions that lie": "exceptions",
    "edited metadata, notebooks that are none": "notebook",
    "system calls that lead out": "escape",
}


@dataclass(frozen=True)
class Attack:
    """One submission that wants points, or wants to harm.

    Attributes:
        family: its class, the folder's name.
        name: unique within the class.
        what: a sentence on what it tries.
        assignment: the assignment that it is handed in for.
        target: the tests that must give 0.
        also: tests that may be lost besides.
        reason: what a recorded reason must contain.
        marks: further facts of its head: "destructive", "slow", "bomb".
        plain: it has full marks in its targets under plain `nbgrader autograde`.
        parts: code by cell id.
        change: what it does to the submission's folder.
    """

    family: str
    name: str
    what: str
    assignment: str
    target: tuple[str, ...]
    also: tuple[str, ...] = ()
    reason: str = ""
    marks: frozenset[str] = frozenset()
    plain: bool = False
    parts: dict[str, str] = field(default_factory=dict)
    change: Callable[[Path, Path], None] | None = None

    @property
    def student(self) -> str:
        return f"{self.family}-{self.name}"

    @property
    def is_rough(self) -> bool:
        """Whether it waits for the time limit, or loads the machine."""
        return self.family in _ROUGH or bool(self.marks & {"slow", "bomb"})


def parts(path: Path) -> tuple[str, dict[str, str]]:
    """The head of a file of answers, and its code by cell id."""
    head, *rest = re.split(r"^# %% (\S+)\n", path.read_text(encoding="utf-8"), flags=re.M)
    return head, dict(zip(rest[::2], (part.strip("\n") for part in rest[1::2]), strict=True))


def _read(path: Path) -> Attack:
    head, code = parts(path)
    facts = dict(re.findall(r"^# ([a-z ]+): (.*)$", head, re.M))
    marks = frozenset(re.findall(r"^# (destructive|slow|bomb)$", head, re.M))
    unknown = facts.keys() - {"attack", "target", "also loses", "reason", "assignment", "plain nbgrader"}
    assert {"attack", "target"} <= facts.keys() and not unknown, f"{path}: its head must say attack and target, and knows nothing of {unknown}."
    assignment = facts.get("assignment", "target")

    def tests(words: str) -> tuple[str, ...]:
        names = TESTS[assignment] if words == "all" else tuple(words.split())
        assert set(names) <= set(TESTS[assignment]), f"{path}: {assignment} has no tests {words}."
        return names

    return Attack(
        family=path.parent.name,
        name=path.stem,
        what=facts["attack"],
        assignment=assignment,
        target=tests(facts["target"]),
        also=tests(facts.get("also loses", "")) if "also loses" in facts else (),
        reason=facts.get("reason", ""),
        marks=marks,
        plain=facts.get("plain nbgrader", "").startswith("full marks"),
        parts=code,
    )


def read_as_text(attack: Attack) -> str:
    """The lines of an attack's code, as a notebook's JSON spells them: what it says of itself is no proof of anything."""
    return "\n".join(json.dumps(line)[1:-1] for code in attack.parts.values() for line in code.splitlines())


def all_attacks() -> list[Attack]:
    """Every attack, those of files.py included, by class and name."""
    code = [_read(path) for path in HERE.glob("*/*.py") if path.parent.name != "course"]
    files = [
        Attack(
            family=one.family,
            name=one.name,
            what=(one.change.__doc__ or "").strip(),
            assignment="target",
            target=one.target,
            also=one.also,
            reason=one.reason,
            marks=frozenset({"slow"} if one.slow else ()),
            plain=one.plain,
            change=one.change,
        )
        for one in FILE_ATTACKS
    ]
    return sorted(code + files, key=lambda attack: attack.student)


class Course:
    """A throw-away course of nbgrader with the two assignments.

    Args:
        folder: an empty folder.
        words: what stands for @COURSE@, @TCP@ and the like in the attacks.
        timeout: seconds that one cell may take.
    """

    def __init__(self, folder: Path, *, words: dict[str, str] | None = None, timeout: int = 5) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.words = {"COURSE": str(folder), "HOME": str(self.home), **(words or {})}
        shutil.copytree(HERE / "course" / "source", folder / "source", ignore=shutil.ignore_patterns("__pycache__"))
        self.home.mkdir()
        (folder / "exchange" / "redteam" / "inbound").mkdir(parents=True)
        (folder / "nbgrader_config.py").write_text(
            "c = get_config()\n"
            'c.CourseDirectory.course_id = "redteam"\n'
            f"c.Exchange.root = {str(folder / 'exchange')!r}\n"
            f"c.ExecutePreprocessor.timeout = {timeout}\n"
            'c.ClearSolutions.code_stub = {"python": "raise NotImplementedError()"}\n'
        )
        for assignment in TESTS:
            status = self.run("nbgrader", "generate_assignment", assignment)
            assert status.returncode == 0, status.stderr
        self.honest, self.wrong = parts(HERE / "course" / "honest.py")[1], parts(HERE / "course" / "wrong.py")[1]

    def run(self, program: str, *arguments: str, timeout: float = 600) -> subprocess.CompletedProcess:
        """Run `nbgrader` or `autograder` in the course, with a home folder of its own."""
        environment = {
            **os.environ,
            "HOME": str(self.home),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",  # nbgrader looks for alembic
            "REDTEAM_SECRET": "canary-environment",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "TF_ENABLE_ONEDNN_OPTS": "0",
            "OMP_NUM_THREADS": "1",
        }
        for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
            environment.pop(name, None)
        command = [sys.executable, "-m", program, *arguments]
        return subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, errors="replace", timeout=timeout)

    def hand_in(self, student: str, assignment: str, code: dict[str, str]) -> Path:
        """Write a submission: code by cell id, a word for the manual question, the files of the assignment."""
        released = self.folder / "release" / assignment
        folder = self.folder / "submitted" / student / assignment
        shutil.copytree(released, folder)
        notebook = nbformat.read(released / f"{assignment}.ipynb", as_version=4)
        for cell in notebook.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            if name in code:
                source = code[name]
                for word, value in self.words.items():
                    source = source.replace(f"@{word}@", value)
                cell.source = source
        nbformat.write(notebook, folder / f"{assignment}.ipynb")
        return folder

    def hand_in_honest(self, students: Iterable[str], assignment: str = "target") -> None:
        for student in students:
            self.hand_in(student, assignment, self.honest)

    def hand_in_attack(self, attack: Attack, *, guarded: bool = True) -> None:
        """Hand an attack in; `guarded`: its cells refuse to run in this process's own namespaces."""
        aimed = {test.removesuffix("-test") for test in attack.target}
        code = {name: self.wrong[name] if name in aimed else answer for name, answer in self.honest.items()} | attack.parts
        if guarded:
            guard = _GUARD.format(namespace=Path("/proc/self/ns/pid").readlink())
            code = {name: guard + source if name in attack.parts else source for name, source in code.items()}
        folder = self.hand_in(attack.student, attack.assignment, code)
        if attack.change:
            attack.change(folder, self.folder)

    def scores(self, assignment: str) -> dict[str, dict[str, tuple[float | None, float]]]:
        """By student and test: points (None: not graded) and how many there are."""
        from nbgrader.api import Gradebook, MissingEntry

        found = {}
        with Gradebook(f"sqlite:///{self.folder}/gradebook.db", "redteam") as gradebook:
            for student in gradebook.students:
                try:
                    notebook = gradebook.find_submission_notebook(assignment, assignment, student.id)
                except MissingEntry:
                    continue
                found[student.id] = {grade.name: (grade.auto_score, grade.max_score) for grade in notebook.grades if grade.name in TESTS[assignment]}
        return found

    def graded_text(self, student: str, assignment: str) -> str:
        """The graded notebook as text, "" if there is none: what a student would see of the machine."""
        path = self.folder / "autograded" / student / assignment / f"{assignment}.ipynb"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def errors(self, student: str, assignment: str) -> dict[str, str]:
        """By cell id, the errors and the text on stderr that the graded notebook shows."""
        text = self.graded_text(student, assignment)
        found = {}
        for cell in json.loads(text)["cells"] if text else ():
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            for output in cell.get("outputs", ()):
                if output["output_type"] == "error":
                    found[name] = f"{output['ename']}: {output['evalue']}"
        return found
