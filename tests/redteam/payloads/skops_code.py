# attack: estimators with functions inside that run commands: exec, os.system, a method of pandas that evaluates text.
# target: model-test
# destructive
# %% model
import os

from sklearn.dummy import DummyRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

first = FunctionTransformer(os.system, validate=False)
second = FunctionTransformer(pd.eval, kw_args={"engine": "python"}, validate=False)
third = FunctionTransformer(exec, kw_args={}, validate=False)
model = make_pipeline(first, second, third, DummyRegressor())
for _, step in model.steps:
    step.n_features_in_ = 3
model[-1].constant_, model[-1].n_outputs_ = np.array([[50.0]]), 1
