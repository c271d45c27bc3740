"""Re-run notebooks and store them in a normal form.

A stored notebook is the book's source, its HTML and the reference for nbval, so it must not change when nothing changed.
"""

import atexit
import functools
import math
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from autograder.document import Problem, load
from autograder.kernels import Zygote, imported_modules
from autograder.kernels.provisioner import KernelSpecs
from textbook.cells import apart, run_by_the_reader
from textbook.normal_form import METADATA, stored_form


class ExecutionFailed(Exception):
    """A notebook did not run to its end. The message names the file, the cell and the error."""


def execute(path: Path, *, timeout: float = 300, zygote: str | None = None) -> int:
    """Run a notebook from a kernel of its own in its own folder and store it, normalised, in place.

    Args:
        path: the notebook; it is left as it was if a cell fails.
        timeout: seconds of wall time that one cell may take.
        zygote: the address of one that has imported the libraries (`warm_start`); None imports them anew.

    Returns:
        The CPU-seconds of this run without the libraries' import, rounded up; 0 where this platform can not tell.

    Raises:
        ExecutionFailed: the file is no notebook, or a cell raised, took too long or killed the kernel.
    """
    notebook = _loaded(path)
    if zygote is None and sys.platform == "linux":
        with warm_start([path]) as own:
            return execute(path, timeout=timeout, zygote=own.address)
    manager = AsyncKernelManager(kernel_name="warm" if zygote else "python3", kernel_spec_manager=KernelSpecs())
    ended = {}
    client = NotebookClient(
        notebook,
        km=manager,
        timeout=timeout,
        resources={"metadata": {"path": str(path.parent)}},
        record_timing=False,
        coalesce_streams=True,  # else prints that are a fifth of a second apart become two outputs
        shutdown_kernel="immediate",
        extra_arguments=["--IPKernelApp.log_level=40"],  # it warns at each start of what holds for every local kernel
        on_notebook_start=lambda **_: ended.update(provisioner=manager.provisioner),
    )
    os.environ["IPYTHONDIR"] = checking_profile()
    client.owns_km = True  # nbclient leaves a manager that it was given running
    sources = [cell.source for cell in notebook.cells]
    for cell, of_the_edition in zip(notebook.cells, run_by_the_reader(notebook), strict=True):
        if cell.cell_type == "code" and not of_the_edition:
            cell.source = apart(cell.source)
    try:
        client.execute(**({"zygote": zygote} if zygote else {}))
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        raise ExecutionFailed(_describe(path, notebook, error)) from error
    for cell, source in zip(notebook.cells, sources, strict=True):
        cell.source = source
    cpu_seconds = math.ceil(getattr(ended["provisioner"], "report", {}).get("cpu_seconds", 0))
    if cpu_seconds:
        _keep_measurement(notebook, cpu_seconds)
    path.write_text(stored_form(notebook), encoding="utf-8")
    return cpu_seconds


@functools.cache
def checking_profile() -> str:
    """A folder for IPYTHONDIR, with which a kernel checks its figures: its profile runs figure_check.py at the start."""
    folder = tempfile.mkdtemp(prefix="ipython-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    startup = Path(folder, "profile_default", "startup")
    startup.mkdir(parents=True)
    (startup / "figures.py").write_text("import textbook.figure_check as _\ndel _\n")
    return folder


def warm_start(paths: Iterable[Path]) -> Zygote:
    """A zygote that has imported what these notebooks import.

    Raises:
        ExecutionFailed: a file is no notebook.
    """
    return Zygote(imported_modules(cell.source for path in paths for cell in _loaded(path).cells if cell.cell_type == "code"))


def _loaded(path: Path) -> nbformat.NotebookNode:
    document = load(path)
    if isinstance(document, Problem):
        raise ExecutionFailed(str(document))
    return document.node


def _keep_measurement(notebook: nbformat.NotebookNode, cpu_seconds: int) -> None:
    """Store the run time, unless the stored one is still about right: two runs never take exactly the same time."""
    book = notebook.metadata.setdefault(METADATA, {})
    stored = book.get("cpu_seconds", 0)
    if not stored * 0.6 <= cpu_seconds <= stored * 1.6:
        book["cpu_seconds"] = cpu_seconds


def _describe(path: Path, notebook: nbformat.NotebookNode, error: Exception) -> str:
    for number, cell in enumerate(notebook.cells, start=1):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                return f"{path}: cell {number} raised {output.ename}: {output.evalue.rstrip('.')}. Mend the cell; the stored notebook is unchanged."
    reason = str(error).strip().splitlines()[0]
    return f"{path}: {reason} The stored notebook is unchanged."
