# attack: the notebook of a neighbour in the folder of submissions is read, and its cells are run.
# target: all
# plain nbgrader: full marks
# %% trimmed
import glob
import json as real_json

names = glob.glob("@COURSE@/submitted/*honest*/target/target.ipynb") + glob.glob("../../*honest*/target/target.ipynb")
for path in names[:1]:
    for cell in real_json.load(open(path))["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution") and cell["cell_type"] == "code":
            exec("".join(cell["source"]), globals())
# %% heaviest
# the neighbour's
# %% per-sort
# the neighbour's
# %% model
# the neighbour's
# %% root
# the neighbour's
# %% record
# the neighbour's
# %% ripe
# the neighbour's
# %% old
# the neighbour's
