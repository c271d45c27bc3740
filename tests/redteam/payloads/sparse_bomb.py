# attack: a sparse matrix of 10**18 zeros, a range of 10**18 numbers and a frame of a long categorical.
# target: model-test per-sort-test trimmed-test
# destructive
# %% trimmed
def trimmed_mean(values, share):
    return range(10**18)


# %% per-sort
per_sort = pd.DataFrame({"mean": range(2**24), "largest": 0.0}, index=pd.RangeIndex(2**24))
# %% model
import scipy.sparse


class Model:
    def predict(self, X):
        return scipy.sparse.coo_array((10**9, 10**9))


model = Model()
