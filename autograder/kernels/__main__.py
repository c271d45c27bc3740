"""The zygote's process: `python -m autograder.kernels SOCKET MODULE ...`, started by `Zygote`."""

import sys

from autograder.kernels.zygote import serve

serve(sys.argv[1], sys.argv[2:])
