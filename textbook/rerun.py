"""A pytest plugin: how nbval re-runs a page.

What is no part of the reader's edition runs apart (`textbook.apart`), so that the edition is what runs from top to bottom. Glued numbers are
compared as numbers. After each folded answer, the check that refused the blank has to accept it.
"""

import copy
import math
from collections.abc import Callable, Iterator

import pytest
from nbval.plugin import IPyNbCell, IPyNbFile

from textbook.cells import ANSWER, CHECK, GLUED, RIGHT, apart, run_by_the_reader, tags

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
    pages = {item.parent: run_by_the_reader(item.parent.nb) for item in items if isinstance(item, IPyNbCell)}
    checks: dict[IPyNbFile, IPyNbCell] = {}

    def prepared(item: pytest.Item) -> Iterator[pytest.Item]:
        if not isinstance(item, IPyNbCell):
            yield item
            return
        page = item.parent
        if CHECK in tags(item.cell):
            checks[page] = item
        answered = [_answered(checks[page])] if ANSWER in tags(item.cell) else []
        if GLUED not in page.skip_compare:
            page.skip_compare = (*page.skip_compare, GLUED)
        code = [cell for cell in page.nb.cells if cell.cell_type == "code"]
        of_the_edition = [own for cell, own in zip(page.nb.cells, pages[page], strict=True) if cell.cell_type == "code"]
        if not of_the_edition[next(place for place, cell in enumerate(code) if cell is item.cell)]:
            item.cell.source = apart(item.cell.source)
            item.compare_outputs = _with_numbers(item, item.compare_outputs)
        yield item
        yield from answered

    items[:] = [new for item in items for new in prepared(item)]


def _answered(check: IPyNbCell) -> Answered:
    cell = copy.deepcopy(check.cell)
    cell.source = apart(cell.source)
    return Answered.from_parent(check.parent, name=f"{check.name} answered", cell_num=check.cell_num, cell=cell, options=check.options)


def _with_numbers(item: IPyNbCell, compare: Callable[..., bool]) -> Callable[..., bool]:
    def compare_outputs(test: list, ref: list, skip_compare: object = None) -> bool:
        if not compare(test, ref, skip_compare):
            return False
        new, old = _glued(test), _glued(ref)
        changed = [name for name in old if name in new and not _close(old[name], new[name])]
        item.comparison_traceback = [f"It glued {old[name]} as {name}; now it glues {new[name]}." for name in changed]
        return not changed

    return compare_outputs


def _glued(outputs: list) -> dict[str, str]:
    return {output["metadata"]["scrapbook"]["name"]: output["data"][GLUED] for output in outputs if GLUED in output.get("data", {})}


def _close(old: str, new: str) -> bool:
    return old == new or math.isclose(float(old), float(new), rel_tol=_TOLERANCE, abs_tol=_TOLERANCE)
