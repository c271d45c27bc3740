"""How fast is the re-run of the whole book? nbval on the same notebooks, with cold kernels and with warm ones, in one run.

Prints a table in Markdown. The warm run includes the start of its zygotes, one for each of nbval's workers.
"""

import os
import sys
import tempfile
from pathlib import Path

import click
from processes import Cost, GraderFailed, adopt_orphans, run, timed

ROOT = Path(__file__).resolve().parent.parent
KERNELS = {"cold (`python3`)": "python3", "warm": "warm"}


def rerun(kernel: str, jobs: int, log: Path) -> Cost:
    """Re-run every chapter and compare it with its stored outputs.

    Raises:
        GraderFailed: an output differs, or a cell fails.
    """
    command = [sys.executable, "-m", "pytest", "-q", "-n", str(jobs), "--nbval", "--nbval-kernel-name", kernel, "book"]
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    return timed(lambda: run(command, cwd=ROOT, env=environment, log=log))


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--jobs", default=2, show_default=True, type=click.IntRange(min=1), help="Notebooks at once.")
def main(jobs: int) -> None:
    """Measure the re-run of the book with cold and with warm kernels.

    Example: .venv/bin/python benchmarks/rerun.py
    """
    adopt_orphans()
    with tempfile.TemporaryDirectory(prefix="rerun-") as folder:
        try:
            costs = {name: rerun(kernel, jobs, Path(folder, "log")) for name, kernel in KERNELS.items()}
        except GraderFailed as failure:
            raise click.ClickException(str(failure)) from failure
    cold = next(iter(costs.values()))
    click.echo("| kernels | seconds | CPU-seconds | CPU-seconds by cold | others' CPU |\n| --- | ---: | ---: | ---: | ---: |")
    for name, cost in costs.items():
        ratio = cost.cpu_seconds / cold.cpu_seconds
        click.echo(f"| {name} | {cost.wall_seconds:.0f} | {cost.cpu_seconds:.0f} | {ratio:.2f} | {cost.others:.0%} |")


if __name__ == "__main__":
    main()
