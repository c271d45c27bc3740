"""Tests and set-up that may come out differently the next time: unseeded draws, clocks, the order of a set."""

import ast
import re
from collections.abc import Iterator

from autograder.document import Cell, Problem
from autograder.linting.source import Source, keyword

_CLOCKS = re.compile(
    r"(time\.(time|time_ns|perf_counter|perf_counter_ns|monotonic|process_time|localtime|gmtime|ctime|strftime)"
    r"|datetime\.(datetime\.)?(now|utcnow|today)|datetime\.date\.today|pandas\.Timestamp\.(now|today))"
)
_SYSTEM = re.compile(r"(uuid\.uuid[14]|os\.(urandom|getrandom)|secrets\.\w+|random\.SystemRandom(\.\w+)?)")
_NO_DRAW = re.compile(r"seed|default_rng|Generator|RandomState|SeedSequence|PCG64(DXSM)?|MT19937|Philox|SFC64|BitGenerator|[gs]et_state")
_GENERATORS = frozenset({"numpy.random.default_rng", "numpy.random.RandomState", "numpy.random.SeedSequence", "random.Random"})
# What seeds a family of draws, by the argument that it is given.
_SEEDS = {
    "numpy.random.seed": {"numpy"},
    "random.seed": {"random"},
    "tensorflow.random.set_seed": {"tensorflow"},
    "keras.utils.set_random_seed": {"numpy", "random", "tensorflow"},
    "tensorflow.keras.utils.set_random_seed": {"numpy", "random", "tensorflow"},
    "torch.manual_seed": {"torch"},
}
# scikit-learn's functions and classes that draw unless they are told not to.
_DRAW = re.compile(
    r"train_test_split|(Stratified|Group)?ShuffleSplit|Repeated(Stratified)?KFold|RandomizedSearchCV|permutation_(importance|test_score)"
    r"|(RandomForest|ExtraTrees?|DecisionTree|GradientBoosting|AdaBoost|Bagging|MLP|SGD|PassiveAggressive)(Classifier|Regressor)"
    r"|IsolationForest|SGDOneClassSVM|Perceptron|(MiniBatch|Bisecting)?KMeans|(Bayesian)?GaussianMixture|TSNE|TruncatedSVD|FastICA|(MiniBatch)?NMF"
    r"|LatentDirichletAllocation|RBFSampler|Nystroem|(Gaussian|Sparse)RandomProjection|resample|shuffle"
    r"|make_(blobs|circles|classification|friedman[123]|gaussian_quantiles|moons|regression|s_curve|sparse_uncorrelated|swiss_roll)"
)
_TENSORS = re.compile(r"normal|uniform|shuffle|truncated_normal|categorical|poisson|gamma")
_DRAW_IF = {
    "KFold": ("shuffle", True),
    "StratifiedKFold": ("shuffle", True),
    "StratifiedGroupKFold": ("shuffle", True),
    "learning_curve": ("shuffle", True),
    "SVC": ("probability", True),
    "NuSVC": ("probability", True),
    "PCA": ("svd_solver", "randomized"),
}
_ORDERED = frozenset({"list", "tuple", "enumerate", "iter", "zip", "next"})


def random(source: Source) -> Iterator[Problem]:
    seeded: set[str] = set()
    tests = {cell.number for cell in source.tests}
    trusted = {cell.number for cell in [*source.tests, *source.setup]}
    for cell in source.code:
        if cell.number not in trusted:
            seeded = set()  # in plain nbgrader the student's code draws from the same states
            continue
        is_test = cell.number in tests
        sets = _sets_of_text(source.tree(cell))
        calls = [node for node in ast.walk(source.tree(cell)) if isinstance(node, ast.Call)]
        for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
            name = source.dotted(call.func)
            if _is_seeded(call) and name in _SEEDS:
                seeded |= _SEEDS[name]
            elif found := _judge(call, name, seeded) or _order(call, name, sets) or (_clock(name) if is_test else None):
                yield _problem(source, cell, call, *found, is_test=is_test)
        for node in ast.walk(source.tree(cell)):
            if isinstance(node, ast.ListComp | ast.DictComp) and _is_set_of_text(node.generators[0].iter, sets):
                yield _problem(source, cell, node, *_SET, is_test=is_test)


_SET = ("goes through a set of texts, whose order changes with each start of Python", "Sort it: `sorted(...)`.")
_CLOCK = (
    "asks the clock: the test depends on the moment and on the machine's load",
    "Count steps instead of seconds, or give the test a fixed time.",
)


def _problem(source: Source, cell: Cell, node: ast.AST, what: str, cure: str, *, is_test: bool) -> Problem:
    text = ast.unparse(node.func if isinstance(node, ast.Call) else node)
    two = "" if is_test else " Set-up runs in two kernels, the student's and the examiner's, and they would differ."
    return source.problem(cell, f"`{text}` {what}.{two}", cure)


def _judge(call: ast.Call, name: str, seeded: set[str]) -> tuple[str, str] | None:
    """What is random about a call, and the cure."""
    last = name.rpartition(".")[2]
    if _SYSTEM.fullmatch(name):
        return "is another in each run", "Use a fixed value."
    if name in _GENERATORS:
        return None if _is_seeded(call) else ("is not seeded", "Give it a seed: `np.random.default_rng(0)`.")
    if name.startswith("numpy.random.") and name.count(".") == 2 and not _NO_DRAW.fullmatch(last) and "numpy" not in seeded:
        return "draws without a seed", "Draw from a generator with a seed: `rng = np.random.default_rng(0)`."
    if name.startswith("random.") and name.count(".") == 1 and last not in ("seed", "Random", "getstate", "setstate") and "random" not in seeded:
        return "draws without a seed", "Draw from `random.Random(0)`."
    is_keras = name.startswith(("keras.random.", "tensorflow.keras.random.")) and last != "SeedGenerator"
    if (is_keras or (name.startswith("tensorflow.random.") and _TENSORS.fullmatch(last))) and not (seeded & {"tensorflow"} or keyword(call, "seed")):
        return "draws without a seed", "Call `keras.utils.set_random_seed(0)` in the cell first, or give it `seed=0`."
    if name.startswith("sklearn.") and _draws(call, last) and "numpy" not in seeded:
        return "draws without `random_state`", "Give it `random_state=0`."
    if isinstance(call.func, ast.Attribute) and call.func.attr == "sample" and not name and "numpy" not in seeded and _samples_rows(call):
        return "draws rows without `random_state`", "Give it `random_state=0`."
    return None


def _clock(name: str) -> tuple[str, str] | None:
    return _CLOCK if _CLOCKS.fullmatch(name) else None


def _order(call: ast.Call, name: str, sets: set[str]) -> tuple[str, str] | None:
    """Whether a call takes the elements of a set of texts in the order in which they happen to lie."""
    takes = name in _ORDERED or (isinstance(call.func, ast.Attribute) and call.func.attr == "join")
    if takes and any(_is_set_of_text(argument, sets) for argument in call.args):
        return _SET
    if isinstance(call.func, ast.Attribute) and call.func.attr == "pop" and not call.args and _is_set_of_text(call.func.value, sets):
        return _SET
    return None


def _is_seeded(call: ast.Call) -> bool:
    values = [*call.args, *(item.value for item in call.keywords)]
    return bool(values) and not (isinstance(values[0], ast.Constant) and values[0].value is None)


def _draws(call: ast.Call, name: str) -> bool:
    if any(item.arg is None for item in call.keywords):
        return False  # **options may hold it
    state = keyword(call, "random_state")
    if state is not None and not (isinstance(state, ast.Constant) and state.value is None):
        return False
    if name in _DRAW_IF:
        option, value = _DRAW_IF[name]
        given = keyword(call, option)
        return isinstance(given, ast.Constant) and given.value == value
    shuffle = keyword(call, "shuffle")
    return bool(_DRAW.fullmatch(name)) and not (isinstance(shuffle, ast.Constant) and shuffle.value is False)


def _samples_rows(call: ast.Call) -> bool:
    """Whether `something.sample(...)` looks like that of a data frame: without a seed, and by number or share."""
    state = keyword(call, "random_state")
    missing = state is None or (isinstance(state, ast.Constant) and state.value is None)
    return missing and len(call.args) <= 1 and (bool(call.args) or any(item.arg in ("n", "frac") for item in call.keywords))


def _sets_of_text(tree: ast.Module) -> set[str]:
    """The names that a cell binds to a set of texts."""
    return {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and _is_set_of_text(node.value, set())
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _is_set_of_text(node: ast.AST, sets: set[str]) -> bool:
    if isinstance(node, ast.Name):
        return node.id in sets
    if isinstance(node, ast.Set):
        return any(isinstance(part, ast.Constant) and isinstance(part.value, str | bytes) for part in node.elts)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr | ast.BitAnd | ast.Sub | ast.BitXor):
        return _is_set_of_text(node.left, sets) or _is_set_of_text(node.right, sets)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("set", "frozenset") and node.args:
        given = node.args[0]
        if isinstance(given, ast.List | ast.Tuple):
            return any(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in given.elts)
        return (
            (isinstance(given, ast.Constant) and isinstance(given.value, str))
            or (isinstance(given, ast.Attribute) and given.attr == "columns")
            or (isinstance(given, ast.Call) and isinstance(given.func, ast.Attribute) and given.func.attr in ("split", "keys", "splitlines"))
        )
    return False
