"""The two commands, and what they say when something is wrong. Real processes, as a user starts them."""

import http.client
import http.cookiejar
import json
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

import nbformat
import pytest

from conftest import ROOT

# The make that runs these tests must not speak to the make that they start.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
CHAPTER = "book/machine-learning/workflow.ipynb"


def make(folder, *arguments):
    return subprocess.run(["make", *arguments], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)


@pytest.fixture
def checkout(tmp_path):
    """A copy of the project with its environment in place, to be broken."""
    files = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    for name in filter(None, files):
        if (ROOT / name).exists():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tmp_path / name)
    for name in ("pyproject.toml", "requirements.lock"):
        os.utime(tmp_path / name, (0, 0))  # else make would install the copy into the environment, which is ours
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    return tmp_path


def only_line(result):
    """The one line that explains; make's own closing line is not ours."""
    (line,) = [line for line in result.stderr.splitlines() if not line.startswith("make: ***")]
    return line


def test_a_chapter_with_an_error_stops_the_build(checkout):
    notebook = nbformat.read(checkout / CHAPTER, as_version=4)
    number, cell = next((number, cell) for number, cell in enumerate(notebook.cells, start=1) if cell.cell_type == "code")
    cell.outputs.append(nbformat.v4.new_output("error", ename="KeyError", evalue="'petal'", traceback=[]))
    nbformat.write(notebook, checkout / CHAPTER)
    result = make(checkout, "book")
    assert result.returncode != 0
    line = only_line(result)
    assert f"{CHAPTER}: cell {number}: It holds an error: KeyError: 'petal'." in line
    assert f"make execute NB={CHAPTER}" in line
    assert not (checkout / "_build" / "html" / "index.html").exists()


def test_a_stale_student_version_stops_the_build(checkout):
    source = checkout / "solutions/regression-1/regression-1.ipynb"
    notebook = nbformat.read(source, as_version=4)
    notebook.cells[0].source += "\n\nOne more sentence."
    nbformat.write(notebook, source)
    line = only_line(make(checkout, "book"))
    assert "assignments/regression-1/regression-1.ipynb: cell 1: The student version is stale" in line
    assert "make assignments" in line


def test_a_missing_data_file_stops_the_build(checkout):
    (checkout / "solutions/regression-1/bikes.csv").unlink()
    result = make(checkout, "book")
    assert result.returncode != 0
    assert "It reads bikes.csv, which is not in solutions/regression-1. Restore it: git checkout solutions/regression-1/bikes.csv" in result.stderr


@pytest.mark.parametrize("version", ["3.10.12", "3.14.0", "2.7.18"])
def test_a_wrong_python_is_named(tmp_path, version):
    for name in ("Makefile", "requirements.lock", "_config.yml", "_toc.yml", "CHANGELOG.md"):
        shutil.copy(ROOT / name, tmp_path)
    stub = tmp_path / "python-of-yesterday"
    stub.write_text(f'#!/bin/sh\nexec {sys.executable} -c "import sys; sys.version_info = ({version.replace(".", ", ")}); exec(sys.argv[1])" "$2"\n')
    stub.chmod(stub.stat().st_mode | stat.S_IXUSR)
    result = make(tmp_path, "serve", f"PYTHON={stub}")
    assert result.returncode != 0
    line = only_line(result)
    assert line.startswith("The book needs Python 3.11, 3.12 or 3.13;")
    assert version.rsplit(".", 1)[0] in line
    assert "make PYTHON=python3.12 serve" in line
    assert not (tmp_path / ".venv").exists()


def test_help_lists_every_target(root):
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text(), re.M))
    listed = set(re.findall(r"^  make ([a-z]+)", make(root, "help").stdout, re.M))
    assert targets == listed


def test_making_the_student_versions_changes_nothing(checkout):
    def student_versions():
        return {path: path.read_bytes() for path in (checkout / "assignments").rglob("*.ipynb")}

    before = student_versions()
    result = make(checkout, "assignments")
    assert result.returncode == 0, result.stderr
    assert student_versions() == before


# The served book --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server():
    """`make serve`, as a reader starts it; its address with the token."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["make", "serve", f"PORT={port}"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    lines, deadline = [], time.time() + 120
    while time.time() < deadline:
        lines.append(process.stdout.readline())
        if address := re.search(rf"http://localhost:{port}/book/\?token=\w+", lines[-1]):
            break
    else:
        pytest.fail("".join(lines))
    base, token = address.group().split("/book/?")
    for _ in range(60):  # the address is printed a moment before all extensions answer
        try:
            if all(urllib.request.urlopen(f"{base}{path}?{token}").status == 200 for path in ("/api/status", "/lab", "/api/kernelspecs")):
                break
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    yield address.group()
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(timeout=30)


def test_the_book_and_jupyterlab_are_served_to_who_has_the_token(server):
    base = server.split("/book/")[0]
    reader = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    assert "book/index.html" in reader.open(server).read().decode()
    assert "Interactive Deep Learning" in reader.open(f"{base}/book/book/index.html").read().decode()
    assert reader.open(f"{base}/lab").status == 200
    kernels = json.load(reader.open(f"{base}/api/kernelspecs"))["kernelspecs"]
    assert kernels["python3"]["spec"]["env"]["MATPLOTLIBRC"].endswith("book/matplotlibrc")


def test_an_instructor_opens_formgrader(server):
    base, token = server.split("/book/?")
    gradebook = ROOT / "gradebook.db"
    existed = gradebook.exists()
    names = {assignment["name"] for assignment in json.load(urllib.request.urlopen(f"{base}/formgrader/api/assignments?{token}"))}
    if not existed:
        gradebook.unlink(missing_ok=True)
    assert {"classification-1", "regression-2"} <= names


@pytest.mark.parametrize("path", ["/book/book/index.html", "/book/_static/book.css", "/lab", "/api/contents/solutions"])
def test_a_stranger_is_asked_to_log_in(server, path):
    address = urllib.parse.urlsplit(server)
    connection = http.client.HTTPConnection(address.netloc)
    connection.request("GET", path)
    response = connection.getresponse()
    assert response.status == 403 or (response.status == 302 and "/login" in response.headers["Location"])


def test_the_book_leads_nowhere_else(server):
    base, token = server.split("/book/?")
    for path in ("/book/..%2f..%2fsolutions/regression-1/regression-1.ipynb", "/book/%2fetc/passwd", "/book/none.html"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{base}{path}?{token}")
        assert refused.value.code in (403, 404)


def test_a_page_opens_in_jupyterlab_as_the_readers_own_copy(server, browser):
    page = CHAPTER.removesuffix(".ipynb")
    copy, edition = ROOT / "reading" / CHAPTER, ROOT / "_build" / "edition" / CHAPTER
    assert not copy.exists(), f"{copy} is somebody's: move it away to run this test"
    context = browser.new_context()
    tab = context.new_page()
    try:
        tab.goto(server, wait_until="networkidle")
        tab.goto(server.replace("/book/?", f"/book/{page}.html?"), wait_until="networkidle")
        tab.locator(".dropdown-launch-buttons > button").click()
        tab.get_by_role("link", name="JupyterLab").click()
        tab.wait_for_url(f"**/lab/tree/reading/{CHAPTER}*")
        assert copy.read_bytes() == edition.read_bytes()
        copy.write_text("mine")
        tab.goto(server.split("/book/")[0] + f"/book/open/{page}")
        assert copy.read_text() == "mine"
    finally:
        context.close()
        shutil.rmtree(ROOT / "reading")


@pytest.mark.parametrize("path", ["/book/open/../../pyproject", "/book/open/solutions/regression-1/regression-1", "/book/open/none"])
def test_nothing_else_is_opened(server, path):
    base, token = server.split("/book/?")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{base}{path}?{token}")
    assert refused.value.code in (403, 404)
    assert not (ROOT / "reading").exists()


def test_a_taken_port_is_said(html):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = make(ROOT, "serve", f"PORT={port}")
    assert result.returncode != 0
    assert f"Another program has port {port}" in result.stdout
    assert "make serve PORT=" in result.stdout
    assert f"localhost:{port}/book/" not in result.stdout


def test_a_folder_with_a_space_is_a_folder(html, tmp_path):
    """Its own environment, its own build."""
    folder = tmp_path / "my book"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    result = make(folder, "book")
    assert result.returncode == 0, result.stdout + result.stderr
    assert (folder / "_build" / "html" / "index.html").exists()


def test_a_served_page_is_whole(server, browser):
    context = browser.new_context()
    tab, faults = context.new_page(), []
    tab.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    tab.on("response", lambda response: faults.append(f"{response.status}: {response.url}") if response.status >= 400 else None)
    tab.goto(server, wait_until="networkidle")
    tab.goto(server.replace("/book/?", f"/book/{CHAPTER.replace('.ipynb', '.html')}?"), wait_until="networkidle")
    assert tab.locator("mjx-container").count() > 0
    assert faults == []
    context.close()
