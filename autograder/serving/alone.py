"""Configuration of `make serve`: one Jupyter server for one reader, the book first, nothing that calls home."""

from pathlib import Path

c = get_config()  # noqa: F821 - Jupyter defines it

c.ServerApp.root_dir = str(Path.cwd())
c.ServerApp.port_retries = 0  # the address that make serve has printed is the one
c.ServerApp.default_url = "/book/"
c.ServerApp.open_browser = False
c.ServerApp.jpserver_extensions = {"autograder.serving": True, "jupyterlab": True}
c.LabApp.extension_manager = "readonly"
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.handlers.announcements.NeverCheckForUpdate"
