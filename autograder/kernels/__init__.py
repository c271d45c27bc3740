"""Kernels that start warm and can be confined: the zygote, what a student's process may use, and jupyter_client's provisioners."""

from autograder.kernels.confinement import HOME, ConfinementError, Limits
from autograder.kernels.zygote import ADDRESS, ForkedKernel, Zygote, ZygoteError, imported_modules

__all__ = ["ADDRESS", "HOME", "ConfinementError", "ForkedKernel", "Limits", "Zygote", "ZygoteError", "imported_modules"]
