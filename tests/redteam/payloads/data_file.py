# attack: the data file that tests read is replaced in the working folder by a link, a pipe, an endless device and a table of the attacker's.
# target: heaviest-test model-test
# %% heaviest
import os

heaviest = trees["name"].iloc[0]
os.remove("orchard.csv") if os.access(".", os.W_OK) else None
for attempt in (
    lambda: os.mkfifo("orchard.csv"),
    lambda: os.symlink("/dev/zero", "trees.csv"),
    lambda: os.symlink("/proc/self/environ", "orchard.json"),
):
    try:
        attempt()
    except OSError:
        pass
# %% model
model = None
