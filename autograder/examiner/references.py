"""Objects of installed libraries that cross by their name.

Only what is harmless where a student chose it: classes of values, modules, and functions that compute a number of numbers. A function
such as `pandas.read_pickle` never does, for a student could bind it to the name of his answer and have the trusted process call it.
"""

import builtins
import importlib
import importlib.util
import re
import sys
import sysconfig
import types
from pathlib import Path
from typing import Any

ROOTS = frozenset(
    [
        "numpy",
        "pandas",
        "scipy",
        "sklearn",
        "matplotlib",
        "keras",
        "tensorflow",
        "statsmodels",
        "seaborn",
        "math",
        "cmath",
        "statistics",
        "random",
        "itertools",
        "functools",
        "collections",
        "operator",
        "string",
        "re",
        "json",
        "csv",
        "time",
        "datetime",
        "calendar",
        "decimal",
        "fractions",
        "numbers",
        "copy",
        "typing",
        "dataclasses",
        "enum",
        "abc",
        "bisect",
        "heapq",
        "textwrap",
        "unicodedata",
        "pprint",
        "warnings",
        "contextlib",
        "pathlib",
        "zoneinfo",
    ]
)
_BUILT_IN = frozenset({bool, int, float, complex, str, bytes, bytearray, list, tuple, dict, set, frozenset, range, slice, object, type(None)})
_VALUE_CLASSES = frozenset({
    ("collections", "OrderedDict"), ("collections", "Counter"), ("collections", "defaultdict"), ("collections", "deque"),
    ("datetime", "datetime"), ("datetime", "date"), ("datetime", "time"), ("datetime", "timedelta"), ("datetime", "timezone"),
    ("decimal", "Decimal"), ("fractions", "Fraction"), ("numpy", "ndarray"), ("pathlib", "Path"), ("pathlib", "PosixPath"),
    ("pandas", "DataFrame"), ("pandas", "Series"), ("pandas", "Index"), ("pandas", "Timestamp"), ("pandas", "Timedelta"), ("pandas", "Categorical"),
})  # fmt: skip
# Estimators are asked for by type, built and fitted by tests; none of these reads or writes a file by its arguments.
_ESTIMATOR = re.compile(r"sklearn\.(cluster|decomposition|discriminant_analysis|dummy|ensemble|gaussian_process|linear_model|manifold|mixture"
                        r"|naive_bayes|neighbors|neural_network|preprocessing|svm|tree)(\.\w+)*")  # fmt: skip
_KERAS = frozenset(
    [
        "keras.activations",
        "keras.constraints",
        "keras.initializers",
        "keras.layers",
        "keras.losses",
        "keras.metrics",
        "keras.optimizers",
        "keras.regularizers",
    ]
)
_NOT_KERAS = frozenset({"Lambda", "TFSMLayer", "TorchModuleWrapper", "JaxLayer", "FlaxLayer", "StringLookup", "IntegerLookup", "TextVectorization"})
_NAME = re.compile(r"[A-Za-z_]\w{0,80}(\.[A-Za-z_]\w{0,80}){0,5}", re.A)


def refer(value: Any) -> tuple[str, str] | None:
    """(module, name) of an object that may cross by its name; None of any other. The name is "" for a module."""
    if type(value) is types.ModuleType:
        name = value.__name__
        return (name, "") if type(name) is str and sys.modules.get(name) is value and (_installed(name) or _beside(value)) else None
    if not isinstance(value, type | types.FunctionType | types.BuiltinFunctionType) and type(value).__name__ != "ufunc":
        return None
    module, name = getattr(value, "__module__", None), getattr(value, "__qualname__", getattr(value, "__name__", None))
    if type(value).__name__ == "ufunc" and module is None:
        module = "numpy"
    if type(module) is not str or type(name) is not str:
        return None
    public = keras_name(value) if module.startswith("keras.") else None
    if public:
        module, name = public
    return (module, name) if resolve(module, name, load=False) is value else None


def resolve(module: Any, name: Any, *, load: bool = True) -> Any:
    """The object of this process that has this name, if it is one that may cross; None otherwise.

    Args:
        module: the name of the module where it is defined.
        name: its qualified name there; "" is the module itself.
        load: import a module of an installed library that is not imported yet.
    """
    if type(module) is not str or type(name) is not str or not _NAME.fullmatch(module) or (name and not _NAME.fullmatch(name)):
        return None
    if name in _NOT_KERAS:
        return None
    found: Any = builtins if module == "builtins" and name else _module(module, load=load)
    if found is None or not name:
        return found
    for part in name.split("."):
        found = vars(found).get(part) if isinstance(found, types.ModuleType | type) else None
    return found if found is not None and _harmless(found, module, name) else None


def keras_name(value: Any) -> tuple[str, str] | None:
    """(module, name) under which Keras exports a layer, an optimizer, a loss and so on; None if it exports no such thing or not a harmless one."""
    name = getattr(value, "__name__", None)
    for module in _KERAS:
        if name not in _NOT_KERAS and type(name) is str and getattr(sys.modules.get(module), name, None) is value:
            return module, name
    return None


def _module(name: str, *, load: bool) -> types.ModuleType | None:
    module = sys.modules.get(name)
    if module is None and load and _installed(name):
        try:
            module = importlib.import_module(name)
        except Exception:
            return None  # no such module in this version: then the student's object is asked instead
    if type(module) is not types.ModuleType and not isinstance(module, types.ModuleType):
        return None
    return module if _installed(name) or _beside(module) else None


def _installed(name: str) -> bool:
    """Whether a module belongs to one of our libraries as it is installed, and not to a file of the same name beside a notebook."""
    root = name.partition(".")[0]
    if root not in ROOTS:
        return False
    if root in _origins:
        return _origins[root]
    module = sys.modules.get(root)
    try:
        spec = module.__spec__ if module is not None else importlib.util.find_spec(root)
    except (ImportError, ValueError, AttributeError):
        spec = None
    origin = spec.origin if spec is not None else None
    _origins[root] = origin in ("built-in", "frozen") or (type(origin) is str and any(Path(origin).is_relative_to(folder) for folder in _FOLDERS))
    return _origins[root]


_FOLDERS = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
_origins: dict[str, bool] = {}


def _beside(module: types.ModuleType) -> bool:
    """Whether a module is a file of the working folder: one that ships with the notebook and is imported on both sides."""
    file = getattr(module, "__file__", None)
    if type(file) is not str or any(Path(file).is_relative_to(folder) for folder in _FOLDERS):
        return False
    return Path(file).resolve().is_relative_to(Path.cwd())


def _harmless(value: Any, module: str, name: str) -> bool:
    if isinstance(value, type):
        if module == "builtins":
            return value in _BUILT_IN or issubclass(value, BaseException)
        if not _installed(module):
            return False
        if issubclass(value, Exception) or (module, name) in _VALUE_CLASSES or module in _KERAS:
            return name not in _NOT_KERAS
        return (module == "numpy" and issubclass(value, sys.modules["numpy"].generic)) or bool(_ESTIMATOR.fullmatch(module))
    if type(value).__name__ == "ufunc":
        return module in ("numpy", "scipy.special") and _installed(module)
    if isinstance(value, types.BuiltinFunctionType):
        return module in ("math", "cmath")
    if isinstance(value, types.FunctionType):
        return module == "statistics" or (module.startswith("keras.") and module in _KERAS)
    return False
