"""Attacks on the grader, by class, and the small course that they are handed in to. Nothing here runs but in tests."""
