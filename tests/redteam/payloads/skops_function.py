# attack: a fitted pipeline of scikit-learn's own parts, whose transformer is scikit-learn's own function that writes a file where it predicts.
# target: model-test
# %% model
import sklearn.datasets
from sklearn.dummy import DummyRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

model = make_pipeline(FunctionTransformer(), DummyRegressor()).fit(trees[INPUTS], trees["crop"])
model[0].func = sklearn.datasets.dump_svmlight_file
model[0].kw_args = {"y": trees["crop"].to_numpy(), "f": "@COURSE@/escaped"}
model[0].validate = False
