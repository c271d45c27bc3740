# attack: files are written into the exchange, the submissions of others, the release and the source folder.
# target: heaviest-test
# %% heaviest
import glob
import os

heaviest = "tree-000"
for folder in [
    "@COURSE@/exchange/course/inbound",
    "@COURSE@/source/target",
    "@COURSE@/release/target",
    *glob.glob("@COURSE@/submitted/*/target"),
    "../..",
    "../../..",
]:
    try:
        with open(os.path.join(folder, "redteam_was_here"), "w") as file:
            file.write("x")
    except OSError:
        pass
