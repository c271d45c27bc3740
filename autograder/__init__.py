"""The grader behind the exercises: kernels that are warm and confined, tests examined from outside, the gradebook, lint."""
