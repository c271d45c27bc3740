# attack: a cell writes numpy.py, orchard/, sitecustomize.py, conftest.py and a .pth into the working folder, for whoever imports next.
# target: model-test
# %% model
from pathlib import Path

from sklearn.dummy import DummyRegressor

model = DummyRegressor().fit(trees[INPUTS], trees["crop"])
code = "import sklearn.metrics\nsklearn.metrics.r2_score = lambda *a: 0.9\nsimulate = lambda *a: None\nraise SystemExit(0)\n"
for name in ("numpy.py", "sitecustomize.py", "usercustomize.py", "conftest.py", "orchard/__init__.py", "sklearn/__init__.py", "ipython_config.py"):
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text(code)
Path("a.pth").write_text("import sys; sys.exit(0)\n")
