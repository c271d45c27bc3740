# attack: the student's cell rebinds what the locked set-up bound: the table, NumPy, pandas, the score and the simulator.
# target: heaviest-test per-sort-test model-test
# also loses: old-test record-test
# %% heaviest
import types

heaviest = "tree-065"
trees = trees.assign(name="tree-008", crop=1.0).head(1)
r2_score = lambda *arguments: 0.9
simulate = lambda seed, n_trees=120: trees
np = types.SimpleNamespace(
    asarray=lambda *arguments, **options: types.SimpleNamespace(shape=(1,)),
    testing=types.SimpleNamespace(assert_allclose=lambda *a, **k: None),
    array=lambda *a: None,
)
