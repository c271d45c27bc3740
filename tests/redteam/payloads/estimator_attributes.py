# attack: a real scikit-learn estimator with attributes that are not: a predict of its own, a coefficient that is an object, state that runs code.
# target: model-test
# %% model
from sklearn.linear_model import LinearRegression


class Coefficients(np.ndarray):
    def __reduce__(self):
        return exec, ("open('@COURSE@/escaped', 'w').write('x')",)


model = LinearRegression().fit(trees[INPUTS], 0 * trees["crop"])
model.coef_ = np.zeros(3).view(Coefficients)
model.predict = lambda X: globals()["other"]["crop"] if "other" in globals() else trees["crop"]
model.__class__ = type(
    "LinearRegression", (LinearRegression,), {"__module__": "sklearn.linear_model._base", "__getstate__": lambda self: {"escape": Coefficients}}
)
