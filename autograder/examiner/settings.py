"""How a submission is examined: what a page can say of it without importing what does it."""

import sys
from dataclasses import dataclass, field

from autograder.kernels import Limits


@dataclass(frozen=True)
class Settings:
    """How a submission is examined.

    Attributes:
        timeout: seconds of wall time that one cell may take.
        total_timeout: seconds for the whole notebook.
        confined: False lets the student's code do whatever this process may do.
        forked: False starts both kernels afresh, where this platform can not fork them; then nothing is confined.
        limits: what a kernel may use.
    """

    timeout: float = 30
    total_timeout: float = 600
    confined: bool = True
    forked: bool = sys.platform == "linux"
    limits: Limits = field(default_factory=Limits)

    @property
    def kernel(self) -> str:
        """The kernelspec's name."""
        if not self.forked:
            return "python3"
        return "confined" if self.confined else "warm"
