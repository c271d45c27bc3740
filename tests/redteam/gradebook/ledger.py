# attack: a forged line in the ledger and a forged graded notebook say that all is right.
# target: heaviest-test
# %% heaviest
import glob

heaviest = "tree-000"
for path in glob.glob("@COURSE@/*.jsonl") + ["@COURSE@/ledger.jsonl", "ledger.jsonl", "../ledger.jsonl", "../../../ledger.jsonl"]:
    try:
        with open(path, "a") as ledger:
            ledger.write('{"student": "gradebook-ledger", "points": 13}\n')
    except OSError:
        pass
for path in glob.glob("@COURSE@/autograded/*/target/*.ipynb") + glob.glob("../../*/target/*.ipynb"):
    try:
        open(path, "a").write(" ")
    except OSError:
        pass
