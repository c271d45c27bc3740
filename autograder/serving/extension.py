"""Serve the book's HTML from the Jupyter server that also runs its notebooks."""

import hashlib
import json
from pathlib import Path
from typing import Any

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import url_path_join
from tornado import web
from traitlets import Unicode
from traitlets.config import Configurable


class Book(Configurable):
    """Where the book is."""

    html = Unicode("_build/html", help="The folder of the built book, relative to the server's root folder.").tag(config=True)
    editions = Unicode("_build/edition", help="The folder of the notebooks that a reader opens, relative to the same.").tag(config=True)
    reading = Unicode("reading", help="Where a reader's own copies of them go, relative to the same.").tag(config=True)


class BookHandler(JupyterHandler, web.StaticFileHandler):
    """A file of the book, for those who are logged in."""

    auth_resource = "contents"

    @web.authenticated
    @authorized
    async def get(self, path: str, include_body: bool = True) -> None:
        # A page is opened by a link in a message or a bookmark, so no XSRF token can be asked for; GET changes nothing.
        await web.StaticFileHandler.get(self, path, include_body)

    @web.authenticated
    @authorized
    async def head(self, path: str) -> None:
        await web.StaticFileHandler.get(self, path, include_body=False)

    def set_extra_headers(self, path: str) -> None:
        # The book is rebuilt in place: let the browser ask each time (it gets a 304).
        self.set_header("Cache-Control", "no-cache")
        # By this the page knows that it can be opened in JupyterLab (book/_static/reachable.js).
        self.set_cookie("jupyterlab", "here", path=url_path_join(self.base_url, "book"))


class OpenHandler(JupyterHandler):
    """Opens a page in JupyterLab: a copy of its reader's edition, which stays the reader's own."""

    auth_resource = "contents"

    def initialize(self, editions: Path, reading: Path) -> None:
        self.editions, self.reading = editions, reading

    @web.authenticated
    @authorized
    async def get(self, page: str) -> None:
        edition, copy = (Path(folder, f"{page}.ipynb") for folder in (self.editions, self.reading))
        if not edition.resolve().is_relative_to(self.editions.resolve()) or not edition.is_file():
            raise web.HTTPError(404, "The book has no such page, or it was not built: run `make book`.")
        self._copy(edition, copy)
        self.redirect(url_path_join(self.base_url, "lab/tree", self.reading.name, f"{page}.ipynb"))

    def _copy(self, edition: Path, copy: Path) -> None:
        """A new edition takes the place of a copy in which the reader has changed nothing."""
        record = self.reading / ".copied.json"
        copied = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
        name, text = str(copy.relative_to(self.reading)), edition.read_bytes()
        if copy.exists() and copied.get(name) != hashlib.sha256(copy.read_bytes()).hexdigest():
            return
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(text)
        record.write_text(json.dumps({**copied, name: hashlib.sha256(text).hexdigest()}, indent=1), encoding="utf-8")


def points() -> list[dict[str, Any]]:
    return [{"module": "autograder.serving"}]


def load(app: ServerApp) -> None:
    """Add the book to a Jupyter server.

    Raises:
        web.HTTPError: 404 for a page, if the book was not built; the log says so at start.
    """
    book, root = Book(config=app.config), Path(app.root_dir)
    html = root / book.html
    if not (html / "index.html").exists():
        app.log.warning("The book is not built: %s has no index.html. Run `make book`.", html)
    pages = (url_path_join(app.base_url, r"/book/(.*)"), BookHandler, {"path": str(html), "default_filename": "index.html"})
    opened = (url_path_join(app.base_url, r"/book/open/(.*)"), OpenHandler, {"editions": root / book.editions, "reading": root / book.reading})
    app.web_app.add_handlers(".*$", [opened, pages])
    app.log.info("The book is at %s", url_path_join(app.base_url, "/book/"))
