# attack: sys.modules holds a false sklearn.metrics and a false autograder.
# target: model-test
# plain nbgrader: full marks
# also loses: all
# slow
# %% model
import sys
import types

from sklearn.dummy import DummyRegressor

model = DummyRegressor().fit(trees[INPUTS], trees["crop"])
false = types.ModuleType("sklearn.metrics")
false.r2_score = r2_score = lambda *arguments: 0.9
sys.modules["sklearn.metrics"] = false
for name in [name for name in sys.modules if name.startswith("autograder")]:
    sys.modules[name] = types.ModuleType(name)
