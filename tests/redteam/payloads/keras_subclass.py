# attack: a model class of the student's own that calls itself keras.Sequential and predicts what it reads from the test's variables.
# assignment: network
# target: net-test
# %% net
import sys


class Sequential(keras.Sequential):
    def predict(self, inputs, **options):
        frame = sys._getframe()
        while frame:
            if "between" in frame.f_globals or len(inputs) == 400 and "x" in frame.f_globals:
                return np.asarray(frame.f_globals.get("between", frame.f_globals.get("x"))) ** 3
            frame = frame.f_back
        return np.zeros((len(inputs), 1))


Sequential.__module__, Sequential.__qualname__ = "keras.src.models.sequential", "Sequential"
net = Sequential([keras.Input((1,)), keras.layers.Dense(1)])
