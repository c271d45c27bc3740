"""The tools behind the book: re-run its notebooks, hold them to their contract, serve the book, grade its assignments."""
