# attack: the prediction is an object that looks up the wanted values in the caller's frames when NumPy converts it.
# target: model-test
# plain nbgrader: full marks
# %% model
import sys

from sklearn.base import BaseEstimator


class Guess:
    def __array__(self, dtype=None, copy=None):
        frame = sys._getframe()
        while frame and "trees" not in frame.f_globals:
            frame = frame.f_back
        table = frame.f_globals.get("other", frame.f_globals["trees"])
        noise = np.random.default_rng(0).normal(0, 5, len(table))
        return table["crop"].to_numpy(dtype=float) + noise


class Model(BaseEstimator):
    def predict(self, X):
        return Guess()


model = Model()
