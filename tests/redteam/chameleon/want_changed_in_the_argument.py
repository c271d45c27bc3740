# attack: the function overwrites the array that it is given with zeros, and returns zero: right, if the test computes the truth afterwards.
# target: trimmed-test model-test
# %% trimmed
def trimmed_mean(values, share):
    values[:] = [0.0] * len(values)
    return 0.0


# %% model
class Model:
    def predict(self, X):
        X[:] = 0.0
        return np.zeros(len(X))


model = Model()
