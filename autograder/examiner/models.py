"""Models on the wire: Keras by configuration and weights, scikit-learn by skops, each built anew from the library's own parts.

What is built here must compute what the library's code computes. So nothing may be in a configuration that is not the library's own,
nothing may shadow a method, and no size may exceed what was sent.
"""

import collections
import copy
import io
import json
import math
import sys
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from autograder.examiner import references
from autograder.examiner.wire import MAX_BYTES, MAX_DEPTH, MAX_HEADER, Decoder, Encoder, Unencodable, WireError, fits

_MAX_PARTS = 5_000  # of a Keras configuration: layers, initializers and so on
_MAX_MEMBERS = 10_000  # files of a skops archive
_MAX_OBJECTS = 500_000  # of an estimator
_MODELS = frozenset({("keras", "Sequential"), ("keras.models", "Sequential"), ("keras.src.models.functional", "Functional"), ("keras", "Functional")})
_POLICIES = frozenset({("keras", "DTypePolicy"), ("keras.dtype_policies", "DTypePolicy")})
# Types that skops does not trust by itself, for it does not look at what is in them: `check_estimator` does.
_TRUSTED = [
    "numpy.dtype",
    "numpy.ma.MaskedArray",
    "sklearn.metrics._scorer._PassthroughScorer",
    "sklearn.model_selection._split.KFold",
    "sklearn.model_selection._split.StratifiedKFold",
    "sklearn.neural_network._stochastic_optimizers.AdamOptimizer",
    "sklearn.neural_network._stochastic_optimizers.SGDOptimizer",
    "sklearn.tree._tree.Tree",
    "sklearn.utils._bunch.Bunch",
]


def encoder(value: Any) -> Callable[[Encoder, Any, int], Any] | None:
    """How to write an object of Keras, TensorFlow or scikit-learn; None: it stays."""
    kind = type(value)
    if kind.__name__ == "EagerTensor":
        return lambda encoder, value, depth: ["tensorflow.tensor", _numbers(encoder, value, depth)]
    if kind.__name__ == "ResourceVariable":
        return lambda encoder, value, depth: ["tensorflow.variable", _numbers(encoder, value, depth), bool(value.trainable)]
    keras, sklearn = sys.modules.get("keras"), sys.modules.get("sklearn.base")
    if keras is not None and kind.__module__.startswith("keras."):
        if kind is keras.Variable:
            return lambda encoder, value, depth: ["keras.variable", _numbers(encoder, value, depth), bool(value.trainable)]
        if kind is keras.callbacks.History:
            return _encode_history
        if kind in (keras.Sequential, keras.Model) or kind.__name__ == "Functional" or references.keras_name(kind):
            return _encode_keras
    if sklearn is not None and isinstance(value, sklearn.BaseEstimator) and kind.__module__.startswith("sklearn."):
        return _encode_estimator
    return None


def _stays(encoder: Encoder, value: Any) -> dict:
    if encoder.handle is None:
        raise Unencodable("a model")
    return encoder.handle(value)


# TensorFlow and Keras -------------------------------------------------------------------------------------------------


def _numbers(encoder: Encoder, value: Any, depth: int) -> Any:
    return encoder.encode(value.numpy(), depth + 1)


def _encode_history(encoder: Encoder, value: Any, depth: int) -> list:
    return ["keras.history", *(encoder.encode(part, depth + 1) for part in (value.history, value.params, list(value.epoch or [])))]


def _encode_keras(encoder: Encoder, value: Any, depth: int) -> list:
    import keras
    import numpy as np

    try:
        text = json.dumps(keras.saving.serialize_keras_object(value))
        weights = [np.asarray(weight) for weight in value.get_weights()] if isinstance(value, keras.Layer) else []
        _check_configuration(_configuration(text.encode()))
    except Exception as error:
        raise Unencodable(f"a {type(value).__name__} that is not made of Keras' own parts ({error})") from None
    return ["keras.object", encoder.buffer(text.encode()), [encoder.encode(array, depth + 1) for array in weights], _stays(encoder, value)]


def _configuration(text: bytes) -> Any:
    if len(text) > MAX_HEADER or not fits(text):
        raise WireError("The configuration of a model is too large.")
    return json.loads(text)


def _check_configuration(node: Any) -> None:
    """Refuse a configuration that has a part which is not Keras' own, or may run code, or names a file. Raises WireError."""
    pending, parts = [(node, 0)], 0
    while pending:
        node, depth = pending.pop()
        if depth > MAX_DEPTH:
            raise WireError("The configuration of a model is nested too deep.")
        if isinstance(node, list):
            pending += [(item, depth + 1) for item in node]
        if not isinstance(node, dict):
            continue
        parts += 1
        if parts > _MAX_PARTS:
            raise WireError("The configuration of a model has too many parts.")
        if ("class_name" in node or "registered_name" in node or "module" in node) and not _is_part(node):
            raise WireError(f"A model has a part that is not Keras' own: {str(node.get('class_name'))[:60]}.")
        if isinstance(node.get("vocabulary"), str):
            raise WireError("A model names a file.")
        pending += [(item, depth + 1) for item in node.values()]


def _is_part(node: dict) -> bool:
    """Whether a piece of a configuration stands for something that Keras exports."""
    module, name, registered = node.get("module"), node.get("class_name"), node.get("registered_name")
    if module is None:
        return name in ("__keras_tensor__", "__tuple__") and registered is None
    if type(module) is not str or type(name) is not str:
        return False
    if (module, name) in _MODELS:
        return registered in (None, "Functional")
    if (module, name) in _POLICIES:
        return registered is None
    if name == "function":
        called = node.get("config")
        return module == "builtins" and registered == "function" and type(called) is str and _is_function(called)
    return registered is None and isinstance(references.resolve(module, name), type) and module.startswith("keras.")


def _is_function(name: str) -> bool:
    return any(references.resolve(module, name) is not None for module in ("keras.losses", "keras.metrics", "keras.activations"))


def _decode_keras(decoder: Decoder, depth: int, number: Any, weights: Any, description: Any) -> Any:
    import keras
    import numpy as np

    text = bytes(decoder.buffer(number))
    arrays = [decoder.expect(node, depth, np.ndarray) for node in decoder.items(weights, depth, raw=True)]
    try:
        configuration = _configuration(text)
        _check_configuration(configuration)
        shapes = [array.shape for array in arrays]
        if (text, str(shapes)) not in _checked_sizes:
            _check_size(configuration, shapes)
            _checked_sizes[text, str(shapes)] = None
            if len(_checked_sizes) > 20:
                del _checked_sizes[next(iter(_checked_sizes))]
        value = keras.saving.deserialize_keras_object(configuration, safe_mode=True)
        if isinstance(value, keras.Layer):
            value.set_weights(arrays)
            for part in value._flatten_layers():
                if isinstance(part, keras.layers.Normalization):
                    part.finalize_state()  # it computes with copies of its weights
    except Exception:
        return decoder.remote(description)  # then it is asked where it is
    decoder.rebuilt(value, description)
    return value


_checked_sizes: dict[tuple[bytes, str], None] = {}  # the last ones: each test fetches the same models again


def _check_size(configuration: Any, shapes: list[tuple[int, ...]]) -> None:
    """Build a model without its numbers, and compare the weights it would have with those that came: a short text can ask for terabytes."""
    import keras
    from keras.src.backend.common import global_state

    name = "uninitialized_variables"
    before = global_state.get_global_attribute(name)
    global_state.set_global_attribute(name, [])
    try:
        with keras.StatelessScope(initialize_variables=False):
            sketch = keras.saving.deserialize_keras_object(
                {**copy.deepcopy(configuration), "compile_config": None}, safe_mode=True
            )  # Keras empties what it reads
            wanted = [tuple(weight.shape) for weight in sketch.weights] if isinstance(sketch, keras.Layer) else []
    finally:
        global_state.set_global_attribute(name, before or [])
    if wanted != shapes:
        raise WireError("The weights of a model do not fit its configuration.")


def _decode_history(decoder: Decoder, depth: int, history: Any, params: Any, epoch: Any) -> Any:
    import keras

    made = keras.callbacks.History()
    made.history, made.epoch = decoder.expect(history, depth, (dict, collections.defaultdict)), decoder.expect(epoch, depth, list)
    made.set_params(decoder.expect(params, depth, (dict, type(None))))
    return made


def _decode_tensor(decoder: Decoder, depth: int, node: Any) -> Any:
    import numpy as np
    import tensorflow as tf

    return tf.constant(
        decoder.decode(node, depth + 1) if type(node) is list and node[0] == "numpy.scalar" else decoder.expect(node, depth, (np.ndarray, bytes))
    )


def _decode_variable(decoder: Decoder, depth: int, node: Any, trainable: Any) -> Any:
    import tensorflow as tf

    return tf.Variable(_decode_tensor(decoder, depth, node), trainable=trainable is True)


def _decode_keras_variable(decoder: Decoder, depth: int, node: Any, trainable: Any) -> Any:
    import keras

    value = _decode_tensor(decoder, depth, node)
    return keras.Variable(value, dtype=value.dtype.name, trainable=trainable is True)


# scikit-learn ---------------------------------------------------------------------------------------------------------


def _encode_estimator(encoder: Encoder, value: Any, depth: int) -> list:
    try:
        import skops.io

        data = skops.io.dumps(value)
        if not set(skops.io.get_untrusted_types(data=data)) <= set(_TRUSTED):
            raise Unencodable("an estimator with parts of its own")
        check_estimator(value)
    except Exception as error:
        raise Unencodable(f"a {type(value).__name__} that skops does not trust ({type(error).__name__})") from None
    return ["sklearn.estimator", encoder.buffer(data), _stays(encoder, value)]


def _decode_estimator(decoder: Decoder, depth: int, number: Any, description: Any) -> Any:
    data = bytes(decoder.buffer(number))
    try:
        import skops.io

        check_archive(data)
        if not set(skops.io.get_untrusted_types(data=data)) <= set(_TRUSTED):
            return decoder.remote(description)
        value = skops.io.loads(data, trusted=_TRUSTED)
        check_estimator(value)
    except Exception:
        return decoder.remote(description)
    decoder.rebuilt(value, description)
    return value


def check_archive(data: bytes) -> None:
    """Refuse a skops archive that would unpack to more than the limits. Raises WireError, or what zipfile and NumPy raise."""
    import numpy as np

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if len(members) > _MAX_MEMBERS or sum(member.file_size for member in members) > MAX_BYTES:
            raise WireError("An estimator's archive is too large.")
        for member in members:
            if "/" in member.filename or "\\" in member.filename or ".." in member.filename:
                raise WireError("An estimator's archive has odd names.")
            content = archive.read(member)
            if member.filename == "schema.json":
                if len(content) > MAX_HEADER or not fits(content):
                    raise WireError("An estimator's archive is too large.")
            elif member.filename.endswith(".npy"):
                file = io.BytesIO(content)
                read = {1: np.lib.format.read_array_header_1_0, 2: np.lib.format.read_array_header_2_0}[np.lib.format.read_magic(file)[0]]
                shape, _, dtype = read(file)
                if dtype.hasobject or math.prod(shape) * dtype.itemsize > len(content):
                    raise WireError("An array of an estimator is larger than its bytes.")
            elif content[:2] == b"PK":
                check_archive(content)


def check_estimator(value: Any) -> None:
    """Refuse an estimator that would not compute what its class computes: a method that is shadowed, a function of its own, a
    decision tree that points outside of itself, a cache on disk. Raises WireError."""
    for part in _parts(value):
        kind = type(part)
        module = kind.__module__
        if isinstance(part, type):
            if part.__module__ not in ("builtins", "numpy") or references.resolve(part.__module__, part.__qualname__, load=False) is not part:
                raise WireError("An estimator names a class that it has no use for.")
        elif kind.__name__ == "Tree" and module == "sklearn.tree._tree":
            _check_tree(part)
        elif module.startswith("scipy.sparse."):
            _check_sparse(part)
        elif module.startswith("sklearn."):
            shadowed = [name for name in getattr(part, "__dict__", {}) if hasattr(kind, name)]
            if shadowed:
                raise WireError(f"An estimator has something of its own in the place of {kind.__name__}.{shadowed[0]}.")
            if getattr(part, "memory", None) is not None:
                raise WireError("An estimator keeps a cache on disk.")
            _check_fit(part)
        elif module.startswith(("numpy.random.", "numpy.dtypes")) or kind.__name__ in ("ufunc", "ndarray") or kind in _PLAIN:
            pass
        elif not (module in ("numpy", "numpy.ma") or kind.__base__ is tuple or issubclass(kind, dict)):
            raise WireError(f"An estimator holds a {module}.{kind.__name__}.")


_PLAIN = frozenset({type(None), bool, int, float, complex, str, bytes, bytearray, list, tuple, dict, set, frozenset, slice, range})


def _parts(value: Any) -> Iterator[Any]:
    """An object and all that it is made of, once each."""
    import numpy as np

    pending, seen = [value], {}
    while pending:
        part = pending.pop()
        if type(part) in (type(None), bool, int, float, str) or id(part) in seen:
            continue
        seen[id(part)] = part
        if len(seen) > _MAX_OBJECTS:
            raise WireError("An estimator has too many parts.")
        yield part
        if isinstance(part, dict):
            pending += [*part.keys(), *part.values()]
        elif isinstance(part, list | tuple | set | frozenset):
            pending += part
        elif isinstance(part, np.ndarray):
            if part.dtype.hasobject:
                pending += part.ravel().tolist()
        elif type(part).__module__.startswith("sklearn.") and not isinstance(part, type):
            pending += getattr(part, "__dict__", {}).values()


def _check_tree(tree: Any) -> None:
    import numpy as np

    left, right, feature = tree.children_left, tree.children_right, tree.feature
    own = np.arange(tree.node_count)
    leaf = left == -1
    inner = ~leaf
    whole = (right[leaf] == -1).all() and all((own[inner] < child[inner]).all() and (child[inner] < tree.node_count).all() for child in (left, right))
    if not whole or not ((feature[inner] >= 0) & (feature[inner] < tree.n_features)).all():
        raise WireError("A decision tree points outside of itself.")


def _check_fit(part: Any) -> None:
    """Compare sizes that the libraries' C code takes for granted."""
    members = getattr(part, "estimators_", None)
    for member in members.ravel() if hasattr(members, "ravel") else members if isinstance(members, list) else []:
        if hasattr(member, "tree_") and not hasattr(part, "estimators_features_") and member.n_features_in_ != part.n_features_in_:
            raise WireError("The trees of an ensemble do not fit it.")
    if hasattr(part, "tree_") and part.tree_.n_features != part.n_features_in_:
        raise WireError("A decision tree does not fit its estimator.")
    if hasattr(part, "support_vectors_") and hasattr(part, "_n_support"):
        n, dual, counts = len(part.support_), part._dual_coef_.shape, part._n_support
        wanted = (len(part.classes_), len(part.classes_) - 1, int(counts.sum())) if hasattr(part, "classes_") else (len(counts), 1, int(counts[0]))
        if (
            (counts < 0).any()
            or (len(counts), dual[0], n) != wanted
            or dual[1] != n
            or part.support_vectors_.shape not in ((n, part.n_features_in_), (0,))
        ):
            raise WireError("The parts of a support vector machine do not fit.")


def _check_sparse(value: Any) -> None:
    if value.format in ("csr", "csc"):
        value.check_format(full_check=True)
    elif value.format != "coo" or any(
        len(index) and not 0 <= index.min() <= index.max() < size for index, size in zip(value.coords, value.shape, strict=True)
    ):
        raise WireError("A sparse matrix has entries outside of it.")


DECODERS: dict[str, Callable[..., Any]] = {
    "keras.object": _decode_keras,
    "keras.history": _decode_history,
    "keras.variable": _decode_keras_variable,
    "tensorflow.tensor": _decode_tensor,
    "tensorflow.variable": _decode_variable,
    "sklearn.estimator": _decode_estimator,
}
