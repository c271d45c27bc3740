"""Arrays of NumPy, tables of pandas and sparse matrices of SciPy on the wire: their buffers and what describes them, never a pickle."""

import math
import re
from collections.abc import Callable
from typing import Any

from autograder.examiner.wire import MAX_BYTES, Decoder, Encoder, Unencodable, WireError

_DTYPE = re.compile(r"[<>|=](?:[biufc]\d{1,2}|[SUV]\d{1,8}|[mM]8(?:\[\d{0,9}[A-Za-z]{1,2}\])?)")
_FREQUENCY = re.compile(r"[A-Za-z0-9-]{1,20}")
_UNITS = ("s", "ms", "us", "ns")
_MASKED = {name + str(bits) for name in ("Int", "UInt") for bits in (8, 16, 32, 64)} | {"Float32", "Float64", "boolean"}


# NumPy ----------------------------------------------------------------------------------------------------------------


def numpy_encoder(kind: type) -> Callable[[Encoder, Any, int], Any] | None:
    import numpy as np

    if kind is np.ndarray:
        return _encode_array
    if issubclass(kind, np.generic) and kind.__module__ == "numpy":
        return lambda encoder, value, depth: ["numpy.scalar", _encode_array(encoder, np.asarray(value), depth)]
    if issubclass(kind, np.dtype):
        return lambda encoder, value, depth: ["numpy.dtype", _describe(value)]
    return None


def _describe(dtype: Any) -> Any:
    """A dtype as JSON. Raises Unencodable for one that has Python objects, or is not NumPy's own (bfloat16)."""
    if dtype.names is not None:
        fields = [[name, _describe(dtype.fields[name][0]), dtype.fields[name][1]] for name in dtype.names]
        return {"fields": fields, "size": dtype.itemsize, "aligned": bool(dtype.isalignedstruct)}
    if dtype.subdtype is not None:
        return {"of": _describe(dtype.subdtype[0]), "shape": list(dtype.subdtype[1])}
    if dtype.hasobject:
        return "O"
    if dtype.type.__module__ != "numpy" or not _DTYPE.fullmatch(dtype.str):
        raise Unencodable("an array of an odd type")
    return dtype.str


def _undescribe(node: Any, depth: int = 0) -> Any:
    import numpy as np

    if type(node) is str and _DTYPE.fullmatch(node):
        return np.dtype(node)
    if type(node) is not dict or depth > 8:
        raise WireError("The type of an array in the reply is malformed.")
    if "of" in node:
        shape = _shape(node["shape"])
        inner = _undescribe(node["of"], depth + 1)
        if math.prod(shape) * inner.itemsize > MAX_BYTES:
            raise WireError("The type of an array in the reply is too large.")
        return np.dtype((inner, shape))
    fields, size = node["fields"], node["size"]
    if (
        len(fields) > 10_000
        or type(size) is not int
        or not 0 <= size <= MAX_BYTES
        or not all(type(name) is str and type(offset) is int for name, _, offset in fields)
    ):
        raise WireError("The type of an array in the reply is malformed.")
    formats = [_undescribe(inner, depth + 1) for _, inner, _ in fields]
    return np.dtype(
        {"names": [name for name, _, _ in fields], "formats": formats, "offsets": [offset for _, _, offset in fields], "itemsize": size},
        align=node.get("aligned") is True,
    )


def _shape(node: Any) -> tuple[int, ...]:
    if type(node) is not list or len(node) > 32 or not all(type(size) is int and 0 <= size < 2**62 for size in node):
        raise WireError("The shape of an array in the reply is malformed.")
    return tuple(node)


def _encode_array(encoder: Encoder, value: Any, depth: int) -> list:
    import numpy as np

    description = _describe(value.dtype)
    if description == "O":
        return ["numpy.objects", list(value.shape), encoder.items(value.ravel().tolist(), depth)]
    if value.dtype.hasobject:
        raise Unencodable("a structured array of objects")
    by_columns = value.ndim > 1 and value.flags.f_contiguous and not value.flags.c_contiguous
    data = np.ascontiguousarray(value.T if by_columns else value)
    return [
        "numpy.array",
        description,
        list(value.shape),
        by_columns,
        encoder.buffer(data.tobytes()),
    ]


def _decode_array(decoder: Decoder, depth: int, description: Any, shape: Any, by_columns: Any, number: Any) -> Any:
    import numpy as np

    dtype, shape, data = _undescribe(description), _shape(shape), decoder.buffer(number)
    if math.prod(shape) * dtype.itemsize != len(data):
        raise WireError("An array in the reply has more or fewer bytes than its shape says.")
    if dtype.itemsize == 0 or not len(data):
        return np.zeros(shape, dtype, order="F" if by_columns is True else "C")
    flat = np.frombuffer(data, dtype).copy()
    _check_items(flat)
    return flat.reshape(shape, order="F" if by_columns is True else "C")


def _check_items(flat: Any) -> None:
    """Refuse items that no program would have written: a bool of 7, a letter beyond Unicode. NumPy does not look at them."""
    import numpy as np

    dtype = flat.dtype
    if dtype.names is not None:
        for name in dtype.names:
            _check_items(flat[name].ravel())
    elif dtype.kind == "b":
        if (np.ascontiguousarray(flat).view(np.uint8) > 1).any():
            raise WireError("An array of bool in the reply has values that are neither True nor False.")
    elif dtype.kind == "U":
        codes = np.ascontiguousarray(flat.astype(dtype.newbyteorder("="))).view(np.uint32)
        if (codes > 0x10FFFF).any():
            raise WireError("An array of text in the reply has characters that do not exist.")


def _decode_objects(decoder: Decoder, depth: int, shape: Any, items: Any) -> Any:
    import numpy as np

    values, shape = decoder.items(items, depth), _shape(shape)
    if math.prod(shape) != len(values):
        raise WireError("An array in the reply has more or fewer items than its shape says.")
    flat = np.empty(len(values), dtype=object)
    flat[:] = values if values and not any(hasattr(value, "__len__") for value in values) else flat
    for index, value in enumerate(values):
        flat[index] = value
    return flat.reshape(shape)


def _decode_scalar(decoder: Decoder, depth: int, node: Any) -> Any:
    array = _array(decoder, node, depth)
    if array.shape != () or array.dtype.hasobject:
        raise WireError("A number in the reply is malformed.")
    return array[()]


def _array(decoder: Decoder, node: Any, depth: int) -> Any:
    import numpy as np

    return decoder.expect(node, depth, np.ndarray)


# pandas ---------------------------------------------------------------------------------------------------------------


def pandas_encoder(kind: type) -> Callable[[Encoder, Any, int], Any] | None:
    import pandas as pd

    table = {
        pd.DataFrame: _encode_frame,
        pd.Series: _encode_series,
        pd.MultiIndex: _encode_multi_index,
        pd.RangeIndex: lambda encoder, value, depth: ["pandas.range", value.start, value.stop, value.step, _names(encoder, value, depth)],
        pd.Categorical: lambda encoder, value, depth: ["pandas.categorical", _encode_column(encoder, value, depth)],
        pd.Timestamp: _encode_timestamp,
        pd.Timedelta: lambda encoder, value, depth: ["pandas.timedelta", int(value.asm8.view("i8")), value.unit],
        pd.Period: lambda encoder, value, depth: ["pandas.period", value.ordinal, value.freqstr],
        type(pd.NaT): lambda encoder, value, depth: ["pandas.nat"],
        type(pd.NA): lambda encoder, value, depth: ["pandas.na"],
    }
    if kind in (pd.Index, pd.DatetimeIndex, pd.TimedeltaIndex, pd.CategoricalIndex, pd.PeriodIndex, pd.IntervalIndex):
        return _encode_index
    return table.get(kind)


def _encode_column(encoder: Encoder, values: Any, depth: int) -> list:
    """The values of a Series or an Index, by their dtype."""
    import numpy as np
    import pandas as pd

    dtype = values.dtype
    depth += 1
    if isinstance(dtype, pd.CategoricalDtype):
        inner = values.array if hasattr(values, "array") else values
        return ["categories", encoder.encode(inner.codes, depth), encoder.encode(dtype.categories, depth), bool(dtype.ordered)]
    if isinstance(dtype, pd.DatetimeTZDtype):
        utc = values.dt.tz_convert("UTC") if hasattr(values, "dt") else values.tz_convert("UTC")
        numbers = utc.to_numpy(dtype=f"M8[{dtype.unit}]").view("i8")
        return ["zoned", encoder.encode(numbers, depth), dtype.unit, encoder.encode(dtype.tz, depth)]
    if isinstance(dtype, pd.PeriodDtype):
        numbers = (values.array if hasattr(values, "array") else values).asi8
        return ["periods", encoder.encode(numbers, depth), dtype.name.removeprefix("period[").removesuffix("]")]
    if isinstance(dtype, pd.IntervalDtype):
        inner = values.array if hasattr(values, "array") else values
        return ["intervals", encoder.encode(inner.left, depth), encoder.encode(inner.right, depth), dtype.closed]
    if isinstance(dtype, pd.StringDtype):
        missing = values.isna()
        texts = values.to_numpy(dtype=object, na_value=None)
        return ["texts", encoder.sequence(texts.tolist(), depth), "NA" if dtype.na_value is pd.NA else "nan", bool(missing.any())]
    if dtype.name in _MASKED and hasattr(dtype, "numpy_dtype"):
        mask = values.isna()
        numpy_dtype = dtype.numpy_dtype
        numbers = values.to_numpy(dtype=numpy_dtype, na_value=numpy_dtype.type(0))
        return ["masked", dtype.name, encoder.encode(numbers, depth), encoder.encode(mask.to_numpy() if hasattr(mask, "to_numpy") else mask, depth)]
    if not isinstance(dtype, np.dtype):
        raise Unencodable("a column of an odd type")
    return ["plain", encoder.encode(values.to_numpy(), depth)]


def _decode_column(decoder: Decoder, node: Any, depth: int) -> Any:
    """The values of a column: an array of NumPy or of pandas."""
    import numpy as np
    import pandas as pd

    kind, *parts = node
    if kind == "plain":
        values = _array(decoder, parts[0], depth)
        if values.ndim != 1:
            raise WireError("A column in the reply is malformed.")
        return values
    if kind == "categories":
        codes, categories = _array(decoder, parts[0], depth), decoder.decode(parts[1], depth + 1)
        if codes.dtype.kind != "i" or codes.ndim != 1 or not isinstance(categories, pd.Index):
            raise WireError("A column of categories in the reply is malformed.")
        return pd.Categorical.from_codes(codes, categories=categories, ordered=parts[2] is True)
    if kind == "zoned":
        zone = decoder.decode(parts[2], depth + 1)
        utc = pd.DatetimeIndex(_integers(decoder, parts[0], depth).view(f"M8[{_unit(parts[1])}]")).tz_localize("UTC")
        return utc.tz_convert(zone).array
    if kind == "periods":
        dtype = pd.PeriodDtype(_frequency(parts[1]))
        return pd.arrays.PeriodArray(_integers(decoder, parts[0], depth), dtype=dtype)
    if kind == "intervals":
        left, right = (decoder.decode(part, depth + 1) for part in parts[:2])
        if not isinstance(left, pd.Index) or not isinstance(right, pd.Index) or parts[2] not in ("left", "right", "both", "neither"):
            raise WireError("A column of intervals in the reply is malformed.")
        return pd.arrays.IntervalArray.from_arrays(left, right, closed=parts[2])
    if kind == "texts":
        texts = decoder.items(parts[0], depth)
        if not set(map(type, texts)) <= {str, type(None)}:
            raise WireError("A column of text in the reply is malformed.")
        dtype = pd.StringDtype(storage="python", na_value=pd.NA) if parts[1] == "NA" else pd.StringDtype(na_value=np.nan)
        return pd.array(np.array(texts, dtype=object) if texts else np.empty(0, dtype=object), dtype=dtype)
    if kind == "masked":
        numbers, mask = _array(decoder, parts[1], depth), _array(decoder, parts[2], depth)
        if parts[0] not in _MASKED or numbers.shape != mask.shape or mask.dtype != bool or numbers.ndim != 1:
            raise WireError("A column of numbers in the reply is malformed.")
        made = {"b": pd.arrays.BooleanArray, "f": pd.arrays.FloatingArray}.get(numbers.dtype.kind, pd.arrays.IntegerArray)(numbers, mask)
        if made.dtype.name != parts[0]:
            raise WireError("A column of numbers in the reply is malformed.")
        return made
    raise WireError("A column in the reply is of no known type.")


def _integers(decoder: Decoder, node: Any, depth: int) -> Any:
    numbers = _array(decoder, node, depth)
    if numbers.dtype.str != "<i8" or numbers.ndim != 1:
        raise WireError("A column in the reply is malformed.")
    return numbers


def _unit(node: Any) -> str:
    if node not in _UNITS:
        raise WireError("A unit of time in the reply is malformed.")
    return node


def _frequency(node: Any) -> str:
    if type(node) is not str or not _FREQUENCY.fullmatch(node):
        raise WireError("A frequency in the reply is malformed.")
    return node


def _names(encoder: Encoder, value: Any, depth: int) -> Any:
    return encoder.encode(list(value.names), depth + 1)


def _encode_index(encoder: Encoder, value: Any, depth: int) -> list:
    frequency = getattr(value, "freqstr", None) if value.dtype.kind in "mM" else None
    return ["pandas.index", _encode_column(encoder, value, depth), _names(encoder, value, depth), frequency]


def _encode_multi_index(encoder: Encoder, value: Any, depth: int) -> list:
    levels = [encoder.encode(level, depth + 1) for level in value.levels]
    import numpy as np

    return ["pandas.multi", levels, [encoder.encode(np.asarray(codes), depth + 1) for codes in value.codes], _names(encoder, value, depth)]


def _decode_index(decoder: Decoder, depth: int, column: Any, names: Any, frequency: Any) -> Any:
    import pandas as pd

    values = _decode_column(decoder, column, depth)
    index = pd.Index(values, dtype=values.dtype, copy=False)
    index.names = decoder.expect(names, depth, list)
    if frequency is not None:
        index.freq = _frequency(frequency)
    return index


def _decode_multi_index(decoder: Decoder, depth: int, levels: Any, codes: Any, names: Any) -> Any:
    import pandas as pd

    levels, codes = decoder.items(levels, depth), decoder.items(codes, depth)
    return pd.MultiIndex(levels=levels, codes=codes, names=decoder.expect(names, depth, list), verify_integrity=True)


def _decode_range(decoder: Decoder, depth: int, start: Any, stop: Any, step: Any, names: Any) -> Any:
    import pandas as pd

    if not all(type(part) is int for part in (start, stop, step)):
        raise WireError("An index in the reply is malformed.")
    index = pd.RangeIndex(start, stop, step)
    index.names = decoder.expect(names, depth, list)
    return index


def _encode_series(encoder: Encoder, value: Any, depth: int) -> list:
    return ["pandas.series", _encode_column(encoder, value, depth), encoder.encode(value.index, depth + 1), encoder.encode(value.name, depth + 1)]


def _encode_frame(encoder: Encoder, value: Any, depth: int) -> list:
    encoder.whole += 1  # a column of its own that stays behind would not be understood
    try:
        columns = [_encode_column(encoder, value.iloc[:, position], depth) for position in range(value.shape[1])]
        return ["pandas.frame", columns, encoder.encode(value.index, depth + 1), encoder.encode(value.columns, depth + 1)]
    finally:
        encoder.whole -= 1


def _index(decoder: Decoder, node: Any, depth: int) -> Any:
    import pandas as pd

    index = decoder.decode(node, depth + 1)
    if not isinstance(index, pd.Index):
        raise WireError("An index in the reply is malformed.")
    return index


def _decode_series(decoder: Decoder, depth: int, column: Any, index: Any, name: Any) -> Any:
    import pandas as pd

    values, index = _decode_column(decoder, column, depth), _index(decoder, index, depth)
    if len(values) != len(index):
        raise WireError("A Series in the reply is not as long as its index.")
    return pd.Series(values, index=index, dtype=values.dtype, name=decoder.decode(name, depth + 1))


def _decode_frame(decoder: Decoder, depth: int, columns: Any, index: Any, names: Any) -> Any:
    import pandas as pd

    columns = [_decode_column(decoder, column, depth) for column in columns]
    index, names = _index(decoder, index, depth), _index(decoder, names, depth)
    if len(columns) != len(names) or any(len(column) != len(index) for column in columns):
        raise WireError("A DataFrame in the reply has columns that do not fit.")
    frame = pd.DataFrame({number: pd.Series(column, index=index, dtype=column.dtype) for number, column in enumerate(columns)}, index=index)
    frame.columns = names
    return frame


def _encode_timestamp(encoder: Encoder, value: Any, depth: int) -> list:
    return ["pandas.timestamp", int(value.asm8.view("i8")), value.unit, encoder.encode(value.tzinfo, depth + 1)]


def _decode_timestamp(decoder: Decoder, depth: int, number: Any, unit: Any, zone: Any) -> Any:
    import numpy as np
    import pandas as pd

    value = pd.Timestamp(np.datetime64(decoder.expect(number, depth, int), _unit(unit)))
    zone = decoder.decode(zone, depth + 1)
    return value if zone is None else value.tz_localize("UTC").tz_convert(zone)


def _decode_timedelta(decoder: Decoder, depth: int, number: Any, unit: Any) -> Any:
    import numpy as np
    import pandas as pd

    return pd.Timedelta(np.timedelta64(decoder.expect(number, depth, int), _unit(unit)))


def _decode_period(decoder: Decoder, depth: int, ordinal: Any, frequency: Any) -> Any:
    import pandas as pd

    return pd.Period(ordinal=decoder.expect(ordinal, depth, int), freq=_frequency(frequency))


def _pandas(name: str) -> Callable[[Decoder, int], Any]:
    def decode(decoder: Decoder, depth: int) -> Any:
        import pandas as pd

        return getattr(pd, name)

    return decode


def _decode_categorical(decoder: Decoder, depth: int, column: Any) -> Any:
    if column[0] != "categories":
        raise WireError("A Categorical in the reply is malformed.")
    return _decode_column(decoder, column, depth)


# SciPy ----------------------------------------------------------------------------------------------------------------


def scipy_encoder(kind: type) -> Callable[[Encoder, Any, int], Any] | None:
    return _encode_sparse if kind.__name__ in _SPARSE and kind.__module__.startswith("scipy.sparse.") else None


_SPARSE = {f"{form}_{kind}": form for form in ("csr", "csc", "coo") for kind in ("matrix", "array")}


def _encode_sparse(encoder: Encoder, value: Any, depth: int) -> list:
    name = type(value).__name__
    parts = (value.data, value.coords[0], value.coords[1]) if _SPARSE[name] == "coo" else (value.data, value.indices, value.indptr)
    if len(value.shape) != 2:
        raise Unencodable("a sparse array that is no matrix")
    return ["scipy.sparse", name, [int(size) for size in value.shape], *(encoder.encode(part, depth + 1) for part in parts)]


def _decode_sparse(decoder: Decoder, depth: int, name: Any, shape: Any, *parts: Any) -> Any:
    from scipy import sparse

    form, shape = _SPARSE[name], _shape(shape)
    data, first, second = (_array(decoder, part, depth) for part in parts)
    if len(shape) != 2 or data.ndim != 1 or first.dtype.kind != "i" or second.dtype.kind != "i" or data.dtype.kind not in "biufc":
        raise WireError("A sparse matrix in the reply is malformed.")
    if form == "coo":
        for indices, size in zip((first, second), shape, strict=True):
            if indices.shape != data.shape or (indices.size and not (indices.min() >= 0 and indices.max() < size)):
                raise WireError("A sparse matrix in the reply has entries outside of it.")
        return getattr(sparse, name)((data, (first, second)), shape=shape)
    made = getattr(sparse, name)((data, first, second), shape=shape)
    made.check_format(full_check=True)  # its C code trusts the indices
    return made


DECODERS: dict[str, Callable[..., Any]] = {
    "numpy.array": _decode_array,
    "numpy.objects": _decode_objects,
    "numpy.scalar": _decode_scalar,
    "numpy.dtype": lambda decoder, depth, node: _undescribe(node),
    "pandas.frame": _decode_frame,
    "pandas.series": _decode_series,
    "pandas.index": _decode_index,
    "pandas.multi": _decode_multi_index,
    "pandas.range": _decode_range,
    "pandas.categorical": _decode_categorical,
    "pandas.timestamp": _decode_timestamp,
    "pandas.timedelta": _decode_timedelta,
    "pandas.period": _decode_period,
    "pandas.nat": _pandas("NaT"),
    "pandas.na": _pandas("NA"),
    "scipy.sparse": _decode_sparse,
}
