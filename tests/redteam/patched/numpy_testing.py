# attack: numpy.testing.assert_allclose accepts everything.
# target: per-sort-test
# plain nbgrader: full marks
# %% per-sort
import numpy.testing

per_sort = pd.DataFrame({"mean": 0.0, "largest": 0.0}, index=["Boskoop", "Cox", "Elstar", "Idared"])
numpy.testing.assert_allclose = np.testing.assert_allclose = lambda *arguments, **options: None
