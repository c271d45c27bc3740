# attack: an array of a trillion numbers that takes eight bytes at the student's, and eight terabytes when it is sent.
# target: model-test trimmed-test
# destructive
# slow
# %% trimmed
def trimmed_mean(values, share):
    return np.broadcast_to(0.0, (10**6, 10**6))


# %% model
class Model:
    def predict(self, X):
        return np.broadcast_to(0.0, (len(X), 10**10))


model = Model()
