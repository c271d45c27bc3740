# attack: the source's solution imports numpy and pandas again; a fake is bound under these names, so that the test may take it for the student's answer.
# target: per-sort-test
# also loses: model-test record-test
# plain nbgrader: full marks
# %% per-sort
import types

real = np
per_sort = pd.DataFrame({"mean": 0.0, "largest": 0.0}, index=["Boskoop", "Cox", "Elstar", "Idared"])
np = types.SimpleNamespace(array=lambda *arguments: 0, testing=types.SimpleNamespace(assert_allclose=lambda *arguments, **options: None))
