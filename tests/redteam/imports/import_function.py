# attack: builtins.__import__ hands out a module of its own for sklearn.metrics.
# target: model-test
# plain nbgrader: full marks
# %% model
import builtins
import types

from sklearn.dummy import DummyRegressor

model = DummyRegressor().fit(trees[INPUTS], trees["crop"])
real = builtins.__import__
r2_score = lambda *arguments: 0.9


def fake(name, *arguments, **options):
    return types.SimpleNamespace(r2_score=r2_score) if name == "sklearn.metrics" else real(name, *arguments, **options)


builtins.__import__ = fake
