"""The course that the benchmark grades: nbgrader's own layout, a gradebook beside it, and plain kernels."""

c = get_config()  # noqa: F821 - nbgrader defines it

c.CourseDirectory.course_id = "benchmark"
c.ExecutePreprocessor.timeout = 60
