# attack: pandas' DataFrame loses its comparison: to_numpy gives what numpy.testing was about to compare with.
# target: per-sort-test
# plain nbgrader: full marks
# also loses: all
# %% per-sort
per_sort = pd.DataFrame({"mean": 0.0, "largest": 0.0}, index=["Boskoop", "Cox", "Elstar", "Idared"])
pd.DataFrame.to_numpy = lambda self, *arguments, **options: (
    np.array([[part["crop"].mean(), part["crop"].max()] for _, part in trees.groupby("sort")]) * float("nan")
)
pd.Series.mean = pd.Series.max = lambda self, *arguments, **options: float("nan")
