"""The book's own tools: re-run its notebooks, hold them to their contract, build its pages."""
