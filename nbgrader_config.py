"""The course for plain nbgrader commands, run from this folder (see README.md)."""

import os
from pathlib import Path

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.converters.autograde import Autograde
from nbgrader.preprocessors import Execute, GetGrades

from autograder.examiner.execute import ExaminedExecute
from autograder.feedback import RedactHiddenTests

c = get_config()  # noqa: F821 - nbgrader defines it

_here = Path(__file__).resolve().parent

c.CourseDirectory.course_id = "interactive-deep-learning"
c.CourseDirectory.root = str(_here)
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "assignments"

# One machine needs no system-wide exchange. A class shares one: set NBGRADER_EXCHANGE to its folder.
c.Exchange.root = os.environ.get("NBGRADER_EXCHANGE", str(_here / "exchange"))
# What a student fetches lands in work/, away from the committed student versions in assignments/.
c.Exchange.assignment_dir = str(_here / "work")

# A clone brings the student versions along; without this nbgrader would skip them, and the gradebook would not learn of them.
c.GenerateAssignment.force = True

c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError()"}
c.ClearSolutions.text_stub = "YOUR ANSWER HERE"

# A student's cell that never ends costs its own points and no more than this many seconds.
c.ExecutePreprocessor.timeout = 30

# `nbgrader autograde` and formgrader run a student's code confined, and the tests where it is not.
_steps = Autograde.autograde_preprocessors.default()
c.Autograde.autograde_preprocessors = [ExaminedExecute if step is Execute else step for step in _steps]

# Feedback shows a student what failed and why, and no hidden test.
c.GenerateFeedback.preprocessors = [GetGrades, RedactHiddenTests, CSSHTMLHeaderPreprocessor]
