# attack: NumPy's sort, mean and array are replaced in the module, so that the truth agrees with a wrong answer.
# target: trimmed-test per-sort-test
# plain nbgrader: full marks
# also loses: all
# %% trimmed
class Kept:
    def __getitem__(self, where):
        return self

    def mean(self):
        return 3.0


np.sort = lambda values: Kept()


def trimmed_mean(values, share):
    if share == 0.5:
        raise ValueError
    return 3.0


# %% per-sort
per_sort = pd.DataFrame({"mean": 0.0, "largest": 0.0}, index=["Boskoop", "Cox", "Elstar", "Idared"])
np.array = lambda *arguments, **options: per_sort.to_numpy()
