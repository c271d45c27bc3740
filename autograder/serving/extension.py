"""Serve the book's HTML from the Jupyter server that also runs its notebooks."""

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


def points() -> list[dict[str, Any]]:
    return [{"module": "autograder.serving"}]


def load(app: ServerApp) -> None:
    """Add the book to a Jupyter server.

    Raises:
        web.HTTPError: 404 for a page, if the book was not built; the log says so at start.
    """
    html = Path(app.root_dir) / Book(config=app.config).html
    if not (html / "index.html").exists():
        app.log.warning("The book is not built: %s has no index.html. Run `make book`.", html)
    pattern = url_path_join(app.base_url, r"/book/(.*)")
    app.web_app.add_handlers(".*$", [(pattern, BookHandler, {"path": str(html), "default_filename": "index.html"})])
    app.log.info("The book is at %s", url_path_join(app.base_url, "/book/"))
