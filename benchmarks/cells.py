"""What the cells themselves cost: the bound that no grader on this machine can beat.

Run as a program (`python cells.py --jobs 1 NOTEBOOK ...`), with the notebooks' environment. It imports the course's libraries once, and then runs
the code cells of each notebook in a forked process of its own: no kernel, no messages, no gradebook. What is counted is the CPU time between
the first cell and the last, of all threads. The result is a list in JSON: seconds, and the cells that raised, by notebook.
"""

import argparse
import contextlib
import json
import os
import resource
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat


def run_cells(path: Path) -> dict:
    """Run the code cells of one notebook here, in order; one that raises does not stop the next, as when grading.

    Returns:
        `cpu_seconds` of the cells, and `raised`: the grade ids of those that raised.
    """
    notebook = nbformat.read(path, as_version=4)
    sources = [(cell.metadata.get("nbgrader", {}).get("grade_id", cell.id), cell.source) for cell in notebook.cells if cell.cell_type == "code"]
    namespace = {"__name__": "__main__"}
    raised = []
    before = _cpu_seconds()
    for name, source in sources:
        try:
            exec(compile(source, f"<{name}>", "exec"), namespace)
        except Exception:
            raised.append(name)
    return {"cpu_seconds": _cpu_seconds() - before, "raised": raised}


def run_in_child(path: Path) -> dict:
    """`run_cells` in a forked process, which is warm because this one is, and whose output goes nowhere."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
                result = run_cells(path)
            os.write(writer, json.dumps(result).encode())
            os._exit(0)
        finally:
            os._exit(1)
    os.close(writer)
    # Not "read to the end": a sibling that was forked meanwhile holds the writing end open as well.
    _, status = os.waitpid(child, 0)
    answer = os.read(reader, 65536) if status == 0 else b""
    os.close(reader)
    if not answer:
        raise RuntimeError(f"{path}: the process that ran its cells died. Run them by hand to see why.")
    return json.loads(answer)


def _cpu_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description="CPU-seconds of the code cells of each NOTEBOOK, in one warm process each.")
    parser.add_argument("notebooks", nargs="+", type=Path)
    parser.add_argument("--jobs", type=int, default=1, help="notebooks that run at once")
    parser.add_argument("--warm", nargs="*", default=["keras", "numpy", "sklearn.datasets", "sklearn.metrics"], help="modules to import first")
    arguments = parser.parse_args()
    for name in arguments.warm:
        __import__(name)
    # Threads of ours sleep while their child works; they hold no lock that a child needs.
    with ThreadPoolExecutor(arguments.jobs) as pool:
        json.dump(list(pool.map(run_in_child, arguments.notebooks)), sys.stdout)


if __name__ == "__main__":
    main()
