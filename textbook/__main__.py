"""`python -m textbook`, the same as the command `textbook`."""

from textbook.cli import main

main(prog_name="textbook")
