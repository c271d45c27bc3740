"""Assignments proved good: right answers get everything, each wrong one loses what its first lines say (`autograder prove`).

Wrong answers in different cells share a notebook; `pytest tests/test_submissions.py --alone` grades each by itself.
"""

import functools
import subprocess
import sys

import pytest

from autograder.proof import Proof, prove, read
from conftest import ASSIGNMENTS, ROOT

CPU_SECONDS = 30
SUBMISSIONS = {name: sorted((ROOT / "tests" / "submissions" / name).glob("*.py")) for name in ASSIGNMENTS}


@functools.cache
def proved(name: str, alone: bool) -> Proof:
    return prove(name, course=ROOT, submissions=ROOT / "tests" / "submissions" / name, alone=alone)


# One worker proves an assignment, once: see the scheduler in conftest.py for the @.
each_assignment = pytest.mark.parametrize("name", ASSIGNMENTS, ids="{}@".format)
each_submission = pytest.mark.parametrize(
    ("name", "path"), [pytest.param(name, path, id=f"{name}@{path.stem}") for name in ASSIGNMENTS for path in SUBMISSIONS[name]]
)


@pytest.fixture
def proof(name, pytestconfig) -> Proof:
    return proved(name, pytestconfig.getoption("alone"))


@each_submission
def test_a_submission_gets_its_score_by_both_graders(proof, name, path):
    (outcome,) = [outcome for outcome in proof.outcomes if outcome.submission.path == path]
    assert outcome.faults == []


@each_assignment
def test_the_proof_is_complete(proof, name):
    assert proof.faults == []


@each_assignment
def test_the_reference_is_graded_in_time(proof, name):
    assert 0 < proof.reference_seconds <= CPU_SECONDS


def run(*arguments):
    return subprocess.run([sys.executable, "-m", "autograder", "prove", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture
def copies(tmp_path):
    """An author's folder of submissions, to be broken."""
    source = ROOT / "tests" / "submissions" / "classification-2"
    for name in ("right_reference", "wrong_axis"):
        (tmp_path / f"{name}.py").write_text((source / f"{name}.py").read_text())
    return tmp_path


def test_the_command_names_what_is_not_as_stated(copies):
    path = copies / "wrong_axis.py"
    path.write_text(path.read_text().replace("# loses: standardise-test", "# loses: nothing"))
    result = run("classification-2", "--submissions", str(copies), "--only", "wrong_axis")
    assert result.returncode == 1
    assert "NO  wrong_axis" in result.stdout
    assert "standardise-test gives 0 of" in result.stdout


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("# loses:", "# costs:", "do not say what it loses"),
        ("# %% standardise\n", "# %% standardize\n", "no cell standardize"),
        ("# %% standardise\n", "# %% standardize, but\n- x\n\n", "has no cell standardize that could be changed"),
        ("# %% standardise\n", "# %% standardise, but\n", "`- old` lines, then `+ new` ones"),
        ("# %% standardise\n", "# %% standardise, but\n- no_such_line\n+ pass\n\n", "stand 0 times, not once: ['no_such_line']"),
    ],
)
def test_a_submission_that_can_not_be_handed_in_is_named(copies, old, new, said):
    path = copies / "wrong_axis.py"
    path.write_text(path.read_text().replace(old, new))
    result = run("classification-2", "--submissions", str(copies))
    assert result.returncode == 2
    assert "wrong_axis.py" in result.stderr
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_submission_may_say_what_it_changes_in_the_reference(copies):
    """Two places, a line more and a line less; what stays is the reference's."""
    (copies / "right_reference.py").write_text("# loses: nothing\n# %% fit\ndef fit(x):\n    a = x\n\n    b = a\n    return b\n")
    (copies / "wrong_axis.py").write_text(
        "# loses: fit-test\n# %% fit, but\n- def fit(x):\n+ def fit(x):\n+     print(x)\n\n-     b = a\n-     return b\n"
    )
    assert read(copies / "wrong_axis.py").parts == {"fit": "def fit(x):\n    print(x)\n    a = x\n"}


def test_what_can_not_be_proved_is_named(tmp_path):
    for arguments, said in ((["no-such"], "right_reference"), (["regression-1", "--only", "nobody"], "nobody")):
        result = run(*arguments)
        assert result.returncode == 2
        assert said in result.stderr
        assert "Traceback" not in result.stderr
