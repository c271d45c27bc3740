# attack: a pipeline whose vectoriser takes its inputs for file names, and reads them where it predicts.
# target: model-test
# %% model
from sklearn.dummy import DummyRegressor
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.pipeline import make_pipeline

model = make_pipeline(HashingVectorizer(input="filename"), DummyRegressor()).fit(["orchard.csv"], [1.0])
