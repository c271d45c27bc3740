"""How long does a build of many pages take: from nothing, and after one page has changed?

The pages are copies of the book's own, with labels of their own, in a project of their own. Prints a table in Markdown.
"""

import itertools
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import click
import yaml
from processes import Cost, GraderFailed, adopt_orphans, run, timed

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = sorted(ROOT.glob("book/*/*.ipynb"))


def project(folder: Path, n_pages: int) -> list[Path]:
    """A project with so many pages, two a chapter; the generated ones."""
    for name in ("_config.yml", "CHANGELOG.md"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "book", folder / "book", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copytree(ROOT / "assignments", folder / "assignments")
    shutil.copytree(ROOT / "_build" / "vendor", folder / "_build" / "vendor")
    made = []
    for number, source in zip(range(n_pages), itertools.cycle(CHAPTERS)):
        path = source.with_name(f"page-{number}.ipynb").relative_to(ROOT)
        text = source.read_text(encoding="utf-8")
        # its own labels: figures, exercises, sections; its terms are defined in the book's own page
        for label in sorted(set(re.findall(r"\bfig-[\w-]+|\bex-[\w-]+", text)) | set(re.findall(r"^ *\"\(([\w-]+)\)=", text, re.M))):
            text = re.sub(rf"(?<![\w-]){re.escape(label)}(?![\w-])", f"{label}-{number}", text)
        (folder / path).write_text(text, encoding="utf-8")
        made.append(folder / path)
    own = yaml.safe_load((ROOT / "_toc.yml").read_text())
    names = [str(path.relative_to(folder).with_suffix("")) for path in made]
    chapters = []
    for first, *rest in (names[place : place + 2] for place in range(0, len(names), 2)):
        chapters.append({"file": first, **({"sections": [{"file": name} for name in rest]} if rest else {})})
    own["parts"].insert(2, {"caption": "Generated", "numbered": 1, "chapters": chapters})
    (folder / "_toc.yml").write_text(yaml.safe_dump(own))
    return made


def build(folder: Path, *options: str) -> Cost:
    """Build the project as `make book` does.

    Raises:
        GraderFailed: a page can not be built.
    """
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", ".", "--quiet", "-n", "--keep-going", *options]
    return timed(lambda: run(command, cwd=folder, env=dict(os.environ), log=folder / "log"))


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--pages", default=80, show_default=True, type=click.IntRange(min=1), help="How many are generated.")
def main(pages: int) -> None:
    """Measure the build of many pages. Run `make book` once before: it brings the web assets.

    Example: .venv/bin/python benchmarks/build.py --pages 80
    """
    adopt_orphans()
    with tempfile.TemporaryDirectory(prefix="build-") as place:
        folder = Path(place)
        made = project(folder, pages)
        try:
            costs = {f"{pages} pages from nothing": build(folder, "--all")}
            text = made[0].read_text(encoding="utf-8")
            made[0].write_text(text.replace('"## Summary', '"## Summary, changed', 1), encoding="utf-8")
            costs["one of them changed"] = build(folder)
        except GraderFailed as failure:
            raise click.ClickException(str(failure)) from failure
    whole = next(iter(costs.values()))
    click.echo("| build | seconds | CPU-seconds | seconds by whole | others' CPU |\n| --- | ---: | ---: | ---: | ---: |")
    for name, cost in costs.items():
        click.echo(
            f"| {name} | {cost.wall_seconds:.1f} | {cost.cpu_seconds:.1f} | {cost.wall_seconds / whole.wall_seconds:.2f} | {cost.others:.0%} |"
        )


if __name__ == "__main__":
    main()
