"""What every test shares: the project's files, the built book, a browser, and warm kernels for the notebooks."""

import asyncio
import atexit
import functools
import http.server
import importlib.util
import os
import re
import shutil
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

from autograder.kernels import ADDRESS, Zygote
from textbook import execution

pytest_plugins = ["textbook.rerun", "groups"]

ROOT = Path(__file__).resolve().parent
CHAPTERS = sorted(ROOT.glob("book/*/*.ipynb"))
ASSIGNMENTS = sorted(path.name for path in (ROOT / "solutions").iterdir() if path.is_dir())
CHROMIUM = next(filter(None, map(shutil.which, ("google-chrome", "chromium", "chromium-browser"))), None)


def pytest_addoption(parser):
    parser.addoption("--alone", action="store_true", help="Grade each wrong submission in a notebook of its own (three times as slow).")


class _ByFileOrGroup(LoadScopeScheduling):
    """A file runs in one worker (nbval needs its kernel's order), unless a test's id begins with the name of a group: [group@...]."""

    def _split_scope(self, nodeid: str) -> str:
        group = re.search(r"\[([\w-]+)@", nodeid)
        return nodeid.split("::")[0] + (group.group(1) if group else "")


def pytest_xdist_make_scheduler(config, log):
    return _ByFileOrGroup(config, log)


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def html() -> Path:
    """The book as `make book` built it."""
    folder = ROOT / "_build" / "html"
    assert (folder / "index.html").exists(), "The book is not built. Run `make book`."
    return folder


@pytest.fixture(scope="session")
def site(html):
    """The address of a plain web server on the built book, in a subfolder as on Pages."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def translate_path(self, path):
            return super().translate_path(path.removeprefix("/site"))

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(html)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/site"
    server.shutdown()


@pytest.fixture(scope="session")
def browser():
    """The machine's Chromium, headless. CI must have one; elsewhere its tests are skipped."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("CI has no Chromium: .ci/debian chromium installs it.")
        pytest.skip("No Chromium on this machine: install one to run the browser's tests (Debian: apt install chromium).")
    from playwright.sync_api import sync_playwright

    arguments = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run", "--disable-sync"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium refuses its sandbox to root
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium
        chromium.close()


def beside_a_browsers_loop(running: Coroutine):
    """Run a coroutine to its end. Playwright leaves its event loop running in the thread of the tests, so this takes another."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, running).result()


# Notebooks: their figures are checked as they are drawn ----------------------------------------------------------------


@functools.cache
def _lacks_torch(notebook: Path) -> bool:
    """PyTorch is an extra (`make torch`): where it is missing, what imports it is skipped. CI has it."""
    wanted = re.search(r'^\s*"(?:import|from) torch\b', notebook.read_text(encoding="utf-8"), re.M)
    return bool(wanted) and importlib.util.find_spec("torch") is None and not os.environ.get("CI")


def pytest_collection_modifyitems(items):
    for item in items:
        name = item.callspec.params.get("name") if hasattr(item, "callspec") else None
        notebook = item.path if item.path.suffix == ".ipynb" else ROOT / "solutions" / f"{name}" / f"{name}.ipynb"
        if notebook.exists() and _lacks_torch(notebook):
            item.add_marker(pytest.mark.skip(reason="PyTorch is not installed: run `make torch`."))


@functools.cache
def _zygote() -> Zygote:
    """One for this worker: it has imported what the chapters import, so no notebook waits for that."""
    zygote = execution.warm_start(CHAPTERS)
    atexit.register(zygote.close)
    return zygote


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    if item.fspath.ext == ".ipynb":
        os.environ["IPYTHONDIR"] = execution.checking_profile()
        if item.config.option.nbval_kernel_name == "warm":
            os.environ[ADDRESS] = _zygote().address
    else:
        os.environ.pop("IPYTHONDIR", None)
        os.environ.pop(ADDRESS, None)
