"""Sphinx extension of the book: what a page says of its own notebook."""

import json

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole


class RunTime(SphinxRole):
    """{run-time}`here`: the CPU time of this page's notebook, as `make execute` measured and stored it."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        path = self.env.doc2path(self.env.docname)
        try:
            with open(path, encoding="utf-8") as file:
                seconds = json.load(file)["metadata"]["book"]["cpu_seconds"]
        except (KeyError, ValueError):
            message = f"{path}: no measured run time. Run `make execute NB={path}`."
            return [], [self.inliner.reporter.error(message, line=self.lineno)]
        return [nodes.Text(f"about {seconds} {'second' if seconds == 1 else 'seconds'}")], []


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_role("run-time", RunTime())
    return {"parallel_read_safe": True, "parallel_write_safe": True}
