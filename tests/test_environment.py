"""What a fresh machine relies on: one lock for every group, and no address in any committed file."""

import os
import re
import subprocess
import sys
import tomllib

import pytest

from conftest import ROOT

LOCK = (ROOT / "requirements.lock").read_text()


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_lock_pins_every_package_by_hash():
    pinned = re.findall(r"^([\w.-]+)==\S+(?: ; [^\\\n]+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n?)+)", LOCK, re.M)
    assert len(pinned) > 200
    assert len(pinned) == len(re.findall(r"^[\w.-]+==", LOCK, re.M)), "a package without a hash"


def test_the_lock_holds_every_group():
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    pinned = {normal(name) for name in re.findall(r"^([\w.-]+)==", LOCK, re.M)}
    wanted = {normal(re.match(r"[\w.-]+", requirement).group()) for group in groups.values() for requirement in group}
    assert wanted <= pinned


def test_what_only_reads_the_book_needs_no_tensorflow():
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    command = [".venv/bin/uv", "pip", "compile", "--quiet", "--no-header", "--no-annotate", "-c", "requirements.lock", "-"]
    result = subprocess.run(command, cwd=ROOT, input="\n".join(groups["book"]), capture_output=True, text=True, check=True)
    names = set(re.findall(r"^([\w.-]+)==", result.stdout, re.M))
    assert "jupyter-book" in names
    assert not names & {"tensorflow", "keras", "torch"}


@pytest.mark.parametrize("name", ["requirements.lock", "package-lock.json"])
def test_lock_files_hold_no_address(name):
    text = (ROOT / name).read_text()
    assert not re.search(r"https?://|file:|--(?:extra-)?index-url|--find-links|\"resolved\"", text)


def test_no_committed_file_names_a_registry():
    hosts = re.compile("|".join(("py" + r"pi\.org", "python" + r"hosted\.org", "registry" + r"\.npmjs", "deb" + r"\.debian\.org")))
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    named = [name for name in files if name and (ROOT / name).is_file() and hosts.search((ROOT / name).read_text(errors="replace"))]
    assert named == []


def test_run_time_folders_are_not_committed():
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    forbidden = re.compile(r"^(?:exchange|work|submitted|autograded|feedback|_build|node_modules|\.venv)/|gradebook\.db|\.ipynb_checkpoints")
    assert [name for name in files if forbidden.search(name)] == []


def test_without_pytorch_its_pages_are_skipped():
    """It is an extra. The page says how to get it, the run says what it left out."""
    program = "import sys, pytest; sys.modules['torch'] = None; sys.exit(pytest.main(sys.argv[1:]))"
    command = [sys.executable, "-c", program, "-q", "-rs", "-p", "no:cacheprovider", "--nbval", "book/neural-networks/pytorch.ipynb"]
    environment = {name: value for name, value in os.environ.items() if name != "CI" and not name.startswith("PYTEST_")}
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert "run `make torch`" in result.stdout
    assert re.search(r"^\d+ skipped", result.stdout, re.M), result.stdout
