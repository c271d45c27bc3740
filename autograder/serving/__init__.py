"""Jupyter Server extension: the built book at /book/, behind the server's own login, beside JupyterLab."""

from autograder.serving.extension import load, points

_jupyter_server_extension_points = points
_load_jupyter_server_extension = load
