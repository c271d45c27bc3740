# attack: an import hook gives every later `from sklearn.metrics import r2_score` a score that flatters.
# target: model-test
# plain nbgrader: full marks
# %% model
import sys
import types
from importlib.machinery import ModuleSpec

from sklearn.dummy import DummyRegressor

model = DummyRegressor().fit(trees[INPUTS], trees["crop"])
r2_score = lambda *arguments: 0.9


class Finder:
    def find_spec(self, name, path=None, target=None):
        return ModuleSpec(name, self) if name == "sklearn.metrics" else None

    def create_module(self, spec):
        module = types.ModuleType(spec.name)
        module.r2_score = r2_score
        return module

    def exec_module(self, module):
        pass


sys.modules.pop("sklearn.metrics", None)
sys.meta_path.insert(0, Finder())
