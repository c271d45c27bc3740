"""A pytest plugin: how nbval re-runs a page.

Removed cells run apart (`textbook.apart`), so the shown cells, which are the reader's edition, prove that they run alone. Glued numbers are
compared as numbers. After each folded answer, the check that refused the blank has to accept it.
"""

import math
from collections.abc import Iterator

import pytest
from nbval.plugin import IPyNbCell, IPyNbFile

from textbook.cells import ANSWER, CHECK, GLUED, RIGHT, UNSEEN, tags, to_run

# Another processor may differ in a glued number by this; what the prose shows of it is compared in the cell that prints it.
_TOLERANCE = 1e-3


class Answered(IPyNbCell):
    """A check of the reader's answer, run once more after the folded answer."""

    def compare_outputs(self, test: list, ref: list, skip_compare: object = None) -> bool:
        said = "".join(output.get("text", "") for output in test)
        self.comparison_traceback = [f"With the folded answer the check says “{said.strip()}”; it has to begin with “{RIGHT}”."]
        return said.startswith(RIGHT)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = [new for item in items for new in (_prepared(item) if isinstance(item, IPyNbCell) else [item])]


def _prepared(item: IPyNbCell) -> Iterator[pytest.Item]:
    page: IPyNbFile = item.parent
    if GLUED not in page.skip_compare:
        page.skip_compare = (*page.skip_compare, GLUED)
    if tags(item.cell) & UNSEEN:
        item.cell.source = to_run(item.cell)
        item.compare_outputs = _with_numbers(item, item.compare_outputs)
    yield item
    if CHECK in tags(item.cell):
        page.waiting = item
    if ANSWER in tags(item.cell):
        check = page.waiting
        yield Answered.from_parent(page, name=f"{check.name} answered", cell_num=check.cell_num, cell=check.cell, options=check.options)


def _with_numbers(item: IPyNbCell, compare: object) -> object:
    def compare_outputs(test: list, ref: list, skip_compare: object = None) -> bool:
        if not compare(test, ref, skip_compare):
            return False
        new, old = _glued(test), _glued(ref)
        item.comparison_traceback = [
            f"Glued: {old[name]}, now {new[name]} ({name})." for name in old if name in new and not _close(old[name], new[name])
        ]
        return not item.comparison_traceback

    return compare_outputs


def _glued(outputs: list) -> dict[str, str]:
    return {output["metadata"]["scrapbook"]["name"]: output["data"][GLUED] for output in outputs if GLUED in output.get("data", {})}


def _close(old: str, new: str) -> bool:
    return old == new or math.isclose(float(old), float(new), rel_tol=_TOLERANCE, abs_tol=_TOLERANCE)
