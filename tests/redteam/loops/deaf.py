# attack: a loop that catches every interrupt and goes on.
# target: heaviest-test
# also loses: all
# reason: longer
# slow
# %% heaviest
import time

heaviest = "tree-000"
while True:
    try:
        time.sleep(0.1)
    except BaseException:
        continue
