# attack: a data frame whose numbers are an array that answers every NumPy function with True.
# target: per-sort-test
# %% per-sort
class Yes(np.ndarray):
    def __array_function__(self, function, types, arguments, options):
        return np.array(True)

    def __array_ufunc__(self, function, method, *inputs, **options):
        return np.array(True)


class Frame(pd.DataFrame):
    def to_numpy(self, *arguments, **options):
        return np.zeros((4, 2)).view(Yes)


per_sort = Frame({"mean": 0.0, "largest": 0.0}, index=["Boskoop", "Cox", "Elstar", "Idared"])
