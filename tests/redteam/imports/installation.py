# attack: a cell writes into the installed libraries and into Python's own folders: site-packages, user site, startup files.
# target: model-test
# destructive
# %% model
import site
import sys
import sysconfig
from pathlib import Path

from sklearn.dummy import DummyRegressor

model = DummyRegressor().fit(trees[INPUTS], trees["crop"])
folders = [*site.getsitepackages(), site.getusersitepackages(), sysconfig.get_path("stdlib"), str(Path("@COURSE@")), str(Path.home())]
for folder in folders:
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        Path(folder, "redteam_canary.pth").write_text("import os\n")
        if folder != str(Path.home()):
            Path(folder, "sitecustomize.py").touch()
    except OSError:
        pass
