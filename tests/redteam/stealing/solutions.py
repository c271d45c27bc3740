# attack: the machine is searched for the source notebook with its solutions, and these are run.
# target: all
# plain nbgrader: full marks
# %% trimmed
import glob
import json as real_json
import re

for path in glob.glob("@COURSE@/**/*.ipynb", recursive=True) + glob.glob("../../../source/**/*.ipynb", recursive=True):
    try:
        text = open(path).read()
    except OSError:
        continue
    if "BEGIN SOLUTION" in text:
        print("LOOT", path, text[:500])
        for cell in real_json.loads(text)["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("solution") and cell["cell_type"] == "code":
                exec("".join(cell["source"]), globals())
# %% heaviest
# taken from the solution
# %% per-sort
# taken from the solution
# %% model
# taken from the solution
# %% root
# taken from the solution
# %% record
# taken from the solution
# %% ripe
# taken from the solution
# %% old
# taken from the solution
