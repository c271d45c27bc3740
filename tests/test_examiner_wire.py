"""What crosses from a student's process: every value comes out as it went in, and no bytes do more than be refused."""

import collections
import contextlib
import datetime
import decimal
import fractions
import io
import json
import math
import pathlib
import pickle
import socket
import struct
import subprocess
import sys
import threading
import tracemalloc
import zipfile
import zoneinfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from scipy import sparse

from autograder.examiner import references, wire
from autograder.examiner.wire import Channel, Unencodable, WireError, decode, encode

common = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def there(value):
    """A value after its way over the wire, JSON and all."""
    node, buffers = encode(value)
    return decode(json.loads(json.dumps(node)), buffers)


def same(a, b) -> bool:
    """Equal and of the same types all the way down; nan equals nan."""
    if type(a) is not type(b):
        return False
    if isinstance(a, float):
        return struct.pack("<d", a) == struct.pack("<d", b) or (math.isnan(a) and math.isnan(b))
    if isinstance(a, complex):
        return same(a.real, b.real) and same(a.imag, b.imag)
    if isinstance(a, dict):
        return len(a) == len(b) and all(same(x, y) and same(a[x], b[y]) for x, y in zip(a, b, strict=True))
    if isinstance(a, list | tuple | collections.deque):
        return len(a) == len(b) and all(map(same, a, b))
    return a == b


# Plain values ---------------------------------------------------------------------------------------------------------

texts = st.text(st.characters(), max_size=20)  # lone surrogates too
keys = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts | st.binary(max_size=5) | st.tuples(st.integers(), texts)
scalars = (
    keys
    | st.floats()
    | st.complex_numbers()
    | st.integers(-(2**200), 2**200)
    | st.datetimes(timezones=st.none() | st.just(datetime.UTC) | st.sampled_from([zoneinfo.ZoneInfo("Europe/Berlin"), zoneinfo.ZoneInfo("UTC")]))
    | st.dates()
    | st.times()
    | st.timedeltas()
    | st.decimals(allow_nan=False)
    | st.fractions()
    | st.builds(range, st.integers(-5, 5), st.integers(-5, 5), st.sampled_from([-2, 1, 3]))
    | st.builds(slice, st.none() | st.integers(), st.none() | st.integers(), st.none() | st.integers())
    | st.builds(bytearray, st.binary(max_size=5))
    | st.just(...)
    | st.sampled_from([pathlib.Path("a/b.csv"), pathlib.PurePosixPath("/x")])
    | st.builds(datetime.timezone, st.timedeltas(datetime.timedelta(hours=-23), datetime.timedelta(hours=23)))
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.lists(inner, max_size=5).map(tuple)
        | st.dictionaries(keys, inner, max_size=5)
        | st.sets(keys, max_size=5)
        | st.frozensets(keys, max_size=5)
        | st.dictionaries(texts, inner, max_size=3).map(collections.OrderedDict)
        | st.dictionaries(texts, st.integers(), max_size=3).map(collections.Counter)
        | st.lists(inner, max_size=5).map(collections.deque)
    ),
    max_leaves=30,
)


@common
@given(values)
def test_a_plain_value_crosses_as_it_is(value):
    assert same(there(value), value)


@common
@given(st.lists(st.floats(), min_size=10, max_size=30) | st.lists(st.integers(-(2**64), 2**64), min_size=10, max_size=30))
def test_a_list_of_numbers_crosses_as_it_is(value):
    assert same(there(value), value) and same(there(tuple(value)), tuple(value))


@pytest.mark.parametrize(
    "value",
    [
        "\ud83d\ude00",
        "\ud800",
        "😀",
        "a" * 5000,
        -0.0,
        float("-inf"),
        10**3000,
        -(10**300),
        decimal.Decimal("NaN"),
        decimal.Decimal("-Infinity"),
        True,
        1,
        1.0,
        b"",
        "",
        collections.defaultdict(list, {"a": [1]}),
        collections.defaultdict(None, {}),
        collections.deque([1, 2], maxlen=3),
        NotImplemented,
        fractions.Fraction(1, 3),
    ],
    ids=lambda value: f"{type(value).__name__}-{str(value)[:12]!a}",
)
def test_an_odd_value_crosses_as_it_is(value):
    found = there(value)
    assert type(found) is type(value) and (found == value or found != found)
    if isinstance(value, collections.deque):
        assert found.maxlen == value.maxlen
    if isinstance(value, collections.defaultdict):
        assert found.default_factory is value.default_factory
    if value == 0:
        assert math.copysign(1, found) == math.copysign(1, value)


def test_a_named_tuple_keeps_its_names():
    Point = collections.namedtuple("Point", "x y")
    found = there(Point(1, [2]))
    assert found == (1, [2]) and found.x == 1 and type(found).__name__ == "Point" and type(found) is type(there(Point(3, 4)))


class Equal(int):
    def __eq__(self, other):
        return True

    __hash__ = int.__hash__


class Words(list):
    def __iter__(self):
        raise AssertionError("a student's method ran")


def endless():
    value: list = []
    value.append(value)
    return value


@pytest.mark.parametrize(
    "value",
    [
        Equal(5),
        Words([1]),
        lambda: 1,
        object(),
        (i for i in "a"),
        endless(),
        10**200_000,
        decimal.Decimal("1e999999"),
        collections.defaultdict(lambda: 1),
        print,
        eval,
        open,
    ],
    ids=lambda value: type(value).__name__,
)
def test_everything_else_stays(value):
    with pytest.raises(Unencodable):
        encode(value)


def test_what_stays_is_a_handle_inside_of_a_value():
    encoder = wire.Encoder(handle=lambda value: {"number": 7})
    node = encoder.add([1, Equal(5), {"f": len}])
    seen = []
    found = wire.Decoder(encoder.buffers, remote=lambda about: seen.append(about) or "there").value(node)
    assert found == [1, "there", {"f": "there"}] and seen == [{"number": 7}] * 2


# Arrays ---------------------------------------------------------------------------------------------------------------

dtypes = (
    npst.boolean_dtypes()
    | npst.integer_dtypes(endianness="?")
    | npst.floating_dtypes(endianness="?", sizes=(16, 32, 64))
    | npst.complex_number_dtypes()
    | npst.datetime64_dtypes()
    | npst.timedelta64_dtypes()
    | npst.unicode_string_dtypes(max_len=5)
    | npst.byte_string_dtypes(max_len=5)
)


def same_array(a, b) -> bool:
    return type(a) is type(b) and a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()


@common
@given(npst.arrays(dtypes, npst.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)), st.booleans())
def test_an_array_crosses_as_it_is(array, by_columns):
    array = np.asfortranarray(array) if by_columns else array
    found = there(array)
    assert same_array(found, array) and found.flags.writeable and found.flags.f_contiguous == array.flags.f_contiguous
    assert same_array(there(array[..., ::-1] if array.ndim else array), array[..., ::-1] if array.ndim else array)


@common
@given(dtypes.flatmap(lambda dtype: npst.arrays(dtype, ())))
def test_a_scalar_of_numpy_crosses_as_it_is(array):
    scalar = array[()]
    found = there(scalar)
    assert type(found) is type(scalar) and np.asarray(found).tobytes() == np.asarray(scalar).tobytes()


@pytest.mark.parametrize(
    "dtype",
    [[("a", "<i4"), ("b", "<f8", (2, 3)), ("c", "<U5")], np.dtype([("a", "?"), ("b", "<i8")], align=True), [("n", [("m", "M8[s]")])]],
    ids=str,
)
def test_a_structured_array_crosses_as_it_is(dtype):
    array = np.zeros(3, dtype)
    found = there(array)
    assert found.dtype == array.dtype == there(np.dtype(dtype)) and repr(found) == repr(array)  # not the bytes: padding has any


def test_an_array_of_objects_crosses_by_its_elements():
    for shape in ((2, 3), (6,), (3, 2, 1)):
        array = np.array([1, "a", None, [2], 2.5, {"b": (3,)}], dtype=object).reshape(shape)
        found = there(array)
        assert found.dtype == object and found.shape == shape and found.ravel().tolist() == array.ravel().tolist()
    with pytest.raises(Unencodable):
        encode(np.array([print], dtype=object))


def crafted(**change):
    node, buffers = encode(np.arange(4.0))
    names = ["tag", "dtype", "shape", "order", "buffer"]
    parts = dict(zip(names, node, strict=True)) | change
    return [parts[name] for name in names], buffers


@pytest.mark.parametrize(
    "change",
    [
        {"shape": [10**12]},
        {"shape": [2**40, 2**40]},
        {"shape": [-4]},
        {"shape": [4.0]},
        {"shape": "4"},
        {"shape": [1] * 40},
        {"shape": [3]},
        {"dtype": "O"},
        {"dtype": "|O"},
        {"dtype": "object"},
        {"dtype": "<f8,<f8"},
        {"dtype": "<U9999999999"},
        {"dtype": {"fields": [["a", "O", 0]], "size": 8}},
        {"dtype": {"of": "<f8", "shape": [10**12]}},
        {"dtype": {"fields": [["a", "<f8", 10**9]], "size": 8}},
        {"dtype": {"fields": [["a", "<f8", -8]], "size": 8}},
        {"dtype": None},
        {"buffer": 1},
        {"buffer": -1},
        {"buffer": True},
        {"buffer": "0"},
    ],
    ids=str,
)
def test_a_crafted_array_is_refused(change):
    with pytest.raises(WireError):
        decode(*crafted(**change))


def test_an_array_of_impossible_items_is_refused():
    for dtype, data in [("|b1", b"\2"), ("<U1", b"\0\0\x11\x01"), (">U1", b"\x01\x11\0\0")]:
        with pytest.raises(WireError):
            decode(["numpy.array", dtype, [1], False, 0], [data])
    with pytest.raises(WireError):
        decode(["numpy.array", {"fields": [["a", "|b1", 0]], "size": 1}, [1], False, 0], [b"\7"])


def test_a_pickle_is_never_read():
    file = io.BytesIO()
    np.save(file, np.array([Equal(1)], dtype=object), allow_pickle=True)
    for tag in ("numpy.array", "pickle", "numpy.load", "bytes"):
        node = [tag, "|O8", [1], False, 0] if tag == "numpy.array" else [tag, 0]
        try:
            found = decode(node, [file.getvalue()])
        except WireError:
            continue
        assert tag == "bytes" and found == file.getvalue()


@pytest.mark.parametrize("form", ["csr", "csc", "coo"])
@pytest.mark.parametrize("kind", ["matrix", "array"])
def test_a_sparse_matrix_crosses_as_it_is(form, kind):
    made = getattr(sparse, f"{form}_{kind}")(np.array([[0, 1.5], [2, 0], [0, 0]]))
    found = there(made)
    assert type(found) is type(made) and found.dtype == made.dtype and (found.toarray() == made.toarray()).all()


@pytest.mark.parametrize("form", ["csr", "csc", "coo"])
def test_a_sparse_matrix_that_points_outside_is_refused(form):
    made = getattr(sparse, f"{form}_matrix")(np.eye(3))
    (made.coords[0] if form == "coo" else made.indices)[1] = 10**6
    node, buffers = encode(made)
    with pytest.raises(WireError):
        decode(node, buffers)


# Tables ---------------------------------------------------------------------------------------------------------------

COLUMNS = {
    "int": pd.Series([1, 2, 3]),
    "float": pd.Series([1.5, np.nan, -0.0]),
    "bool": pd.Series([True, False, True]),
    "str": pd.Series(["a", None, "ü"]),
    "string": pd.Series(["a", None, "b"], dtype="string"),
    "object": pd.Series(["a", 1, None], dtype=object),
    "object of str": pd.Series(["a", "b", "c"], dtype=object),
    "lists": pd.Series([[1], [2, 3], []]),
    "category": pd.Series(["x", "y", "x"], dtype="category"),
    "ordered": pd.Series(pd.Categorical(["lo", "hi", None], categories=["lo", "hi"], ordered=True)),
    "Int64": pd.Series([1, None, 3], dtype="Int64"),
    "UInt8": pd.Series([1, None, 3], dtype="UInt8"),
    "Float32": pd.Series([1.5, None, 3], dtype="Float32"),
    "boolean": pd.Series([True, None, False], dtype="boolean"),
    "time": pd.Series(pd.to_datetime(["2020-01-01", None, "2020-03-01"])),
    "seconds": pd.Series(pd.to_datetime(["2020-01-01", "2021-01-01", None]).as_unit("s")),
    "zoned": pd.Series(pd.to_datetime(["2020-01-01 00:00", "2020-10-25 00:30", None]).tz_localize("UTC").tz_convert("Europe/Berlin")),
    "offset": pd.Series(pd.to_datetime(["2020-01-01 00:00+02:00", "2020-06-01 00:00+02:00", None])),
    "delta": pd.Series(pd.to_timedelta(["1 day", None, "3 h"])),
    "period": pd.Series(pd.period_range("2020-01", periods=3, freq="M")),
    "interval": pd.Series(pd.interval_range(0, 3)),
    "float32": pd.Series(np.array([1, 2, 3], np.float32)),
    "complex": pd.Series([1j, 2, 3]),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_crosses_as_it_is(name):
    series = COLUMNS[name].rename(("a", 1))
    pd.testing.assert_series_equal(there(series), series, check_freq=True)
    assert there(series).equals(series)
    frame = pd.DataFrame({"x": series, "y": [1, 2, 3]})
    pd.testing.assert_frame_equal(there(frame), frame)
    assert there(frame).equals(frame) and (there(frame).dtypes == frame.dtypes).all()
    if name != "lists":
        index = pd.Index(COLUMNS[name], name="i")
        pd.testing.assert_index_equal(there(index), index, exact=True)
        pd.testing.assert_frame_equal(there(frame.set_index("x")), frame.set_index("x"))


@pytest.mark.parametrize(
    "value",
    [
        pd.DataFrame(),
        pd.DataFrame(index=[1, 2]),
        pd.DataFrame([[1, 2.5]], columns=["a", "a"]),
        pd.DataFrame(np.arange(6).reshape(2, 3), index=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["x", None])),
        pd.DataFrame({"v": range(4)}, index=pd.date_range("2020", periods=4, freq="D", name="day")),
        pd.DataFrame({("a", 1): [1], ("b", 2): ["x"]}),
        pd.Series([], dtype=object),
        pd.Series([1.0], index=["k"], name="n"),
    ],
    ids=lambda value: f"{type(value).__name__}{value.shape}",
)
def test_a_table_crosses_as_it_is(value):
    check = pd.testing.assert_frame_equal if isinstance(value, pd.DataFrame) else pd.testing.assert_series_equal
    check(there(value), value, check_freq=True)


@pytest.mark.parametrize(
    "value",
    [
        pd.Timestamp("2020-01-01 12:00:00.000000123"),
        pd.Timestamp("2020-01-01", tz="Europe/Berlin"),
        pd.Timestamp(0, unit="s").as_unit("s"),
        pd.Timedelta("1 day 3 ns"),
        pd.Period("2020-02", "M"),
        pd.Categorical(["a", "b", None]),
        pd.RangeIndex(2, 9, 3, name="r"),
    ],
    ids=str,
)
def test_a_value_of_pandas_crosses_as_it_is(value):
    found = there(value)
    assert type(found) is type(value) and repr(found) == repr(value) and getattr(found, "unit", 0) == getattr(value, "unit", 0)
    assert there(pd.NaT) is pd.NaT and there([pd.NA])[0] is pd.NA


@common
@given(
    st.dictionaries(
        st.text(max_size=3),
        st.one_of(
            *(
                st.lists(each, min_size=3, max_size=3)
                for each in (st.integers(-5, 5), st.floats(), st.text(max_size=3), st.booleans(), st.none() | st.integers(), st.datetimes())
            )
        ),
        max_size=4,
    )
)
def test_any_table_crosses_as_it_is(columns):
    frame = pd.DataFrame(columns)
    pd.testing.assert_frame_equal(there(frame), frame)


# Hostile bytes ----------------------------------------------------------------------------------------------------------


def frame_of(value) -> bytes:
    """The bytes of a reply that holds a value."""
    encoder = wire.Encoder(handle=lambda value: {"number": 1})
    node = encoder.add(value)
    one, other = socket.socketpair()
    Channel(one.detach()).send({"re": "0", "kind": "reply", "value": node}, encoder.buffers)
    return other.recv(2**20)


def read(data: bytes):
    """What a receiver makes of these bytes and the end of the stream."""
    one, other = socket.socketpair()
    one.sendall(data)
    one.close()
    header, buffers = Channel(other.detach()).receive()
    return wire.Decoder(buffers, remote=lambda about: about).value(header.get("value"))


SAMPLES = [
    frame_of([1, "a", 2.5, None, {"k": (1, 2)}, b"xyz", {1, 2}]),
    frame_of({"a": np.arange(6).reshape(2, 3), "b": np.array(["x", "yy"]), "c": np.array([1, "o"], dtype=object)}),
    frame_of(
        pd.DataFrame({"n": [1, 2], "s": ["a", None], "t": pd.to_datetime(["2020", "2021"]).tz_localize("UTC"), "c": pd.Categorical(["p", "q"])})
    ),
    frame_of([sparse.csr_matrix(np.eye(3)), datetime.datetime(2020, 1, 1), decimal.Decimal("1.5"), 10**30, list(range(50)), print, np.float64]),
    frame_of(pd.Series([1, None], dtype="Int64", index=pd.MultiIndex.from_tuples([(1, "a"), (2, "b")]))),
]


@settings(deadline=None, max_examples=1500, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_changed_bytes_are_read_or_refused(data):
    frame = bytearray(data.draw(st.sampled_from(SAMPLES)))
    for _ in range(data.draw(st.integers(1, 4))):
        where = data.draw(st.integers(0, len(frame) - 1))
        what = data.draw(st.sampled_from(["byte", "digit", "cut", "double"]))
        if what == "cut":
            del frame[where : where + data.draw(st.integers(1, 9))]
        elif what == "double":
            frame[where:where] = frame[where : where + data.draw(st.integers(1, 9))]
        else:
            frame[where] = data.draw(st.sampled_from(b'0123456789[]{}",-') if what == "digit" else st.integers(0, 255))
        if not frame:
            return
    with contextlib.suppress(WireError, EOFError):
        read(bytes(frame))


@pytest.mark.parametrize(
    "header",
    [
        b"[" * 100_000,
        b'{"sizes":[],"value":' + b"[" * 5000 + b"]" * 5000 + b"}",
        b'{"sizes":[],"value":' + b"9" * 5000 + b"}",
        b'{"sizes":[],"value":["int","0x' + b"f" * 100_000 + b'"]}',
        b'{"sizes":[],"value":' + b'["list",[' * 70 + b"1" + b"]]" * 70 + b"}",
        b'{"sizes":[9223372036854775807],"value":1}',
        b'{"sizes":[-1,1],"value":1}',
        b'{"sizes":[true],"value":1}',
        b'{"sizes":[],"value":["list",[' + b"[]," * 1_500_000 + b"[]]]}",
        b'{"sizes":[],"value":["dict",["a"],[]]}',
        b'{"sizes":[],"value":["dict",[["list",[]]],[1]]}',
        b'{"sizes":[],"value":["set",[["dict",[],[]]]]}',
        b'{"sizes":[],"value":["decimal","1e999999999"]}',
        b'{"sizes":[],"value":["fraction",1,0]}',
        b'{"sizes":[],"value":["zone","../../etc/passwd"]}',
        b'{"sizes":[],"value":["known",0]}',
        b'{"sizes":[],"value":["reference","os","system"]}',
        b'{"sizes":[],"value":["namedtuple","A",["__class__"],[1]]}',
        b'{"sizes":[],"value":["namedtuple","A",["a; import os"],[1]]}',
        b'{"sizes":[],"value":["deque",-1,[1]]}',
        b'{"sizes":[],"value":["range",0,1,0]}',
        b'{"sizes":[],"value":["path","PosixPath",3]}',
        b'{"sizes":[],"value":["datetime",1,2]}',
        b'{"sizes":[],"value":["pandas.range",0,9,0,["list",[null]]]}',
        b'{"sizes":[],"value":["pandas.period",1,"__import__"]}',
        b'{"sizes":[],"value":[["list"]]}',
        b'{"sizes":[],"value":{}}',
        b"[]",
        b"\xff",
        b"",
    ],
    ids=lambda header: header[:60].decode("latin1"),
)
def test_a_crafted_header_is_refused(header):
    one, other = socket.socketpair()
    data = wire._PREFIX.pack(b"AGW1", len(header), 0) + header
    writer = threading.Thread(target=lambda: (one.sendall(data), one.close()))
    writer.start()
    with pytest.raises(WireError):
        wire.Decoder([]).value(Channel(other.detach()).receive()[0]["value"])
    writer.join()


def test_a_frame_beyond_the_limit_is_refused_before_memory_is_taken():
    tracemalloc.start()
    try:
        for header, body in [(2**32 - 1, 0), (10, 2**63), (10, wire.MAX_BYTES), (wire.MAX_HEADER + 1, 0)]:
            with pytest.raises(WireError, match="larger"):
                read(wire._PREFIX.pack(b"AGW1", header, body))
        with pytest.raises(WireError):
            decode(*crafted(shape=[10**12]))
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


def test_a_buffer_is_used_once():
    with pytest.raises(WireError, match="buffer"):
        decode(["list", [["bytes", 0], ["bytes", 0]]], [b"much"])


def test_a_value_that_is_too_large_stays():
    with pytest.raises(Unencodable):
        encode(np.zeros(wire.MAX_BYTES // 8))
    with pytest.raises(Unencodable):
        encode([[]] * (wire.MAX_NODES // 4 + 1))


# References -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("os", "system"),
        ("os", ""),
        ("builtins", "eval"),
        ("builtins", "exec"),
        ("builtins", "open"),
        ("builtins", "__import__"),
        ("builtins", "type"),
        ("subprocess", "Popen"),
        ("pandas", "read_pickle"),
        ("pandas.io.pickle", "read_pickle"),
        ("pandas", "eval"),
        ("numpy", "load"),
        ("numpy", "memmap"),
        ("numpy.ctypeslib", "load_library"),
        ("pickle", "loads"),
        ("numpy", "os"),
        ("sklearn.datasets", "fetch_openml"),
        ("functools", "partial"),
        ("importlib", "import_module"),
        ("shutil", ""),
        ("ctypes", "CDLL"),
        ("pandas", "HDFStore"),
        ("numpy", "ndarray.tofile"),
        ("math", "__loader__"),
        ("autograder.examiner.wire", "WireError"),
        ("..", ""),
        ("", ""),
        (None, "x"),
        ("keras.layers", "Lambda"),
        ("keras.layers", "TFSMLayer"),
        ("sys", "exit"),
        ("sklearn.pipeline", "Pipeline"),
        ("sklearn.utils._joblib", "os"),
        ("_pytest", ""),
    ],
)
def test_what_could_do_harm_is_not_found_by_its_name(module, name):
    assert references.resolve(module, name) is None


@pytest.mark.parametrize(
    "value",
    [np, pd, math, np.sin, math.sqrt, int, ValueError, np.float64, np.linalg.LinAlgError, pd.DataFrame, collections.Counter, np.ndarray],
    ids=lambda value: getattr(value, "__name__", "?"),
)
def test_what_is_harmless_is_found_by_its_name(value):
    assert there(value) is value


def test_a_file_of_the_working_folder_is_no_library(tmp_path):
    (tmp_path / "statsmodels.py").write_text("raise SystemExit('it ran')")
    (tmp_path / "seaborn.py").write_text("raise SystemExit('it ran')")
    look = "from autograder.examiner.references import resolve; assert resolve('seaborn', '') is None; resolve('statsmodels', '')"
    code = f"import sys; sys.path.insert(0, ''); {look}"
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True, env={"PYTHONPATH": str(pathlib.Path(__file__).parent.parent)})


def test_importing_the_examiner_is_cheap():
    heavy = "{'numpy', 'pandas', 'tensorflow', 'keras', 'sklearn', 'skops', 'scipy'}"
    code = f"import autograder.examiner.proxies, sys; assert not {heavy} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


# Models -----------------------------------------------------------------------------------------------------------------


def rebuilt(value):
    """A model after its way over the wire; None where it stays behind."""
    encoder = wire.Encoder(handle=lambda value: {"number": 1})
    node = encoder.add(value)
    buffers = [memoryview(bytes(memoryview(buffer).cast("B"))) for buffer in encoder.buffers]
    return wire.Decoder(buffers, remote=lambda about: None).value(json.loads(json.dumps(node)))


def _estimators():
    from sklearn import (
        cluster,
        compose,
        decomposition,
        discriminant_analysis,
        dummy,
        ensemble,
        feature_selection,
        impute,
        linear_model,
        model_selection,
        naive_bayes,
        neural_network,
        pipeline,
        preprocessing,
        svm,
        tree,
    )

    return [
        linear_model.LogisticRegression(),
        linear_model.LinearRegression(),
        linear_model.Ridge(),
        linear_model.SGDClassifier(),
        linear_model.Perceptron(),
        naive_bayes.GaussianNB(),
        svm.SVC(),
        svm.SVC(kernel="linear", probability=True),
        svm.SVR(),
        svm.NuSVC(),
        svm.LinearSVC(),
        svm.OneClassSVM(),
        tree.DecisionTreeClassifier(),
        tree.DecisionTreeRegressor(max_leaf_nodes=5),
        ensemble.RandomForestClassifier(5),
        ensemble.GradientBoostingClassifier(n_estimators=5),
        ensemble.BaggingClassifier(max_features=2),
        ensemble.AdaBoostClassifier(n_estimators=3),
        neural_network.MLPClassifier(max_iter=5),
        dummy.DummyClassifier(),
        cluster.KMeans(2, n_init=1),
        decomposition.PCA(2),
        preprocessing.StandardScaler(),
        preprocessing.OneHotEncoder(),
        preprocessing.PolynomialFeatures(),
        preprocessing.FunctionTransformer(np.log1p),
        impute.SimpleImputer(),
        discriminant_analysis.LinearDiscriminantAnalysis(),
        feature_selection.VarianceThreshold(),
        pipeline.make_pipeline(preprocessing.StandardScaler(), svm.SVC()),
        compose.make_column_transformer((preprocessing.StandardScaler(), [0, 1]), remainder="passthrough"),
        ensemble.VotingClassifier([("a", naive_bayes.GaussianNB()), ("b", tree.DecisionTreeClassifier())]),
        model_selection.GridSearchCV(linear_model.LogisticRegression(), {"C": [0.1, 1]}, cv=2),
    ]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("estimator", _estimators(), ids=lambda estimator: type(estimator).__name__)
def test_a_fitted_estimator_is_built_anew(estimator):
    X = np.abs(np.random.default_rng(0).normal(size=(60, 4)))
    y = (X[:, 0] > 0.7).astype(int) + (X[:, 1] > 1)
    fitted = estimator.fit(X, y)
    found = rebuilt(fitted)
    assert type(found) is type(fitted) and found is not fitted
    for method in ("predict", "transform", "decision_function"):
        if hasattr(fitted, method):
            one, other = getattr(fitted, method)(X), getattr(found, method)(X)
            assert np.array_equal(one.toarray() if sparse.issparse(one) else one, other.toarray() if sparse.issparse(other) else other)


def test_an_estimator_that_is_not_the_librarys_own_stays(tmp_path):
    from sklearn.linear_model import LinearRegression, LogisticRegression
    from sklearn.neighbors import KNeighborsClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import FunctionTransformer, StandardScaler
    from sklearn.tree import DecisionTreeClassifier

    class Mine(LinearRegression):
        def predict(self, X):
            return 1

    X, y = np.arange(8.0).reshape(4, 2), [0, 1, 0, 1]
    shadowed = LogisticRegression().fit(X, y)
    shadowed.score = np.add
    hollow = DecisionTreeClassifier().fit(X, y)
    hollow.tree_.__setstate__({**hollow.tree_.__getstate__(), "nodes": _point_outside(hollow.tree_)})
    small = DecisionTreeClassifier().fit(X, y)
    small.n_features_in_ = 1
    cached = make_pipeline(StandardScaler(), LogisticRegression(), memory=str(tmp_path)).fit(X, y)
    for estimator in (
        Mine().fit(X, y),
        shadowed,
        hollow,
        small,
        cached,
        FunctionTransformer(print),
        FunctionTransformer(np.save),
        KNeighborsClassifier(1).fit(X, y),
    ):
        assert rebuilt(estimator) is None


def _point_outside(tree):
    nodes = tree.__getstate__()["nodes"].copy()
    nodes["left_child"][0] = 10**6
    return nodes


def _archive(members: dict[str, bytes], compression=zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def _npy(header: str) -> bytes:
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode()


@pytest.mark.parametrize(
    "data",
    [
        b"no zip",
        _archive({"schema.json": b"{}"}),
        _archive({"schema.json": b" " * 200 * 2**20}),
        _archive({f"{i}.npy": b"" for i in range(20_000)}, zipfile.ZIP_STORED),
        _archive({"../../etc/x": b""}),
        _archive({"1.npy": _npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000,), }")}),
        _archive({"1.npy": _npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }") + pickle.dumps([1])}),
        _archive({"1.npz": _archive({"a.npy": b" " * 200 * 2**20})}),
        _archive(
            {
                "schema.json": json.dumps(
                    {"__class__": "system", "__module__": "os", "__loader__": "FunctionNode", "__id__": 1, "protocol": 2}
                ).encode()
            }
        ),
        _archive({"schema.json": b'{"a":' * 5000 + b"1" + b"}" * 5000}),
    ],
    ids=range(10),
)
def test_a_crafted_archive_is_not_built(data):
    tracemalloc.start()
    try:
        found = wire.Decoder([memoryview(data)], remote=lambda about: "remote").value(["sklearn.estimator", 0, {"number": 1}])
        assert found == "remote" and tracemalloc.get_traced_memory()[1] < 100 * 2**20
    finally:
        tracemalloc.stop()


# Keras ------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def keras():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TF_CPP_MIN_LOG_LEVEL", "3")
        import keras
    return keras


def _small(keras):
    layers = keras.layers
    model = keras.Sequential(
        [keras.Input((4,)), layers.Normalization(), layers.Dense(8, "relu", kernel_regularizer="l2"), layers.BatchNormalization(), layers.Dense(3)]
    )
    model.layers[0].adapt(np.random.default_rng(1).normal(5, 3, (50, 4)))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    return model


def _branched(keras):
    inputs = keras.Input((4,))
    hidden = keras.layers.Dense(3, activation=keras.activations.tanh)(inputs)
    model = keras.Model(inputs, keras.layers.Add()([hidden, keras.layers.Dense(3)(hidden)]))
    model.compile(keras.optimizers.SGD(0.1), keras.losses.mean_squared_error)
    return model


@pytest.mark.parametrize("make", [_small, _branched])
def test_a_keras_model_is_built_anew(keras, make):
    model, X = make(keras), np.random.default_rng(0).normal(size=(20, 4)).astype("float32")
    history = model.fit(X, np.arange(20) % 3 if make is _small else np.zeros((20, 3)), epochs=2, verbose=0)
    found = rebuilt(model)
    assert type(found) is type(model) and found is not model and found.count_params() == model.count_params()
    assert np.array_equal(found(X).numpy(), model(X).numpy())
    assert found.loss is not None and type(found.optimizer) is type(model.optimizer)
    assert [type(layer) for layer in found.layers] == [type(layer) for layer in model.layers]
    back = there(history)
    assert type(back) is type(history) and back.history == history.history and back.epoch == [0, 1] and back.params == history.params


def test_tensors_and_variables_cross_as_they_are(keras):
    import tensorflow as tf

    for value in (tf.constant([[1.5, 2]]), tf.constant(3), tf.constant(["a", "b"]), tf.Variable([1.0]), keras.Variable([1.0, 2.0])):
        found = there(value)
        assert (
            type(found) is type(value)
            and found.dtype == value.dtype
            and found.shape == value.shape
            and found.numpy().tolist() == value.numpy().tolist()
        )
    with pytest.raises(Unencodable):
        encode(tf.constant([1.0], dtype=tf.bfloat16))


def test_a_model_that_is_not_keras_own_stays(keras):
    class Mine(keras.layers.Layer):
        def call(self, x):
            return x

    class Own(keras.Model):
        def call(self, x):
            return x

    for layer in (
        Mine(),
        keras.layers.Lambda(lambda x: x),
        keras.layers.Dense(2, activation=lambda x: x),
        keras.layers.StringLookup(vocabulary=["a"]),
    ):
        assert rebuilt(keras.Sequential([keras.Input((1,)), layer])) is None
    assert rebuilt(Own()) is None
    assert rebuilt(keras.layers.Dense(3, name="alone")) is not None


def _dense(model: dict) -> dict:
    return next(layer for layer in model["config"]["layers"] if layer["class_name"] == "Dense")


CRAFTED = {
    "a lambda": lambda model: _dense(model).update(
        class_name="Lambda", config={"function": {"class_name": "__lambda__", "config": {"value": "4wAAAA=="}}}
    ),
    "an unknown module": lambda model: _dense(model).update(module="os", class_name="system", config={"command": "true"}),
    "a function": lambda model: _dense(model)["config"].update(
        activation={"module": "os", "class_name": "function", "config": "system", "registered_name": "system"}
    ),
    "a built-in": lambda model: _dense(model)["config"].update(
        activation={"module": "builtins", "class_name": "function", "config": "eval", "registered_name": "function"}
    ),
    "a saved model": lambda model: _dense(model).update(class_name="TFSMLayer", config={"filepath": "x"}),
    "a registered name": lambda model: _dense(model).update(registered_name="Custom>Mine"),
    "a file": lambda model: _dense(model)["config"].update(vocabulary="/etc/passwd"),
    "terabytes": lambda model: model["config"]["layers"].append(
        json.loads(json.dumps(_dense(model)).replace('"units": 8', '"units": 100000000000').replace("[null, 4]", "[null, 3]"))
    ),
    "more units": lambda model: _dense(model)["config"].update(units=9),
    "a numpy loader": lambda model: _dense(model)["config"].update(
        kernel_initializer={"module": "numpy", "class_name": "load", "config": {"file": "x"}, "registered_name": None}
    ),
    "depth": lambda model: _dense(model)["config"].update(name=json.loads("[" * 500 + "]" * 500)),
}


@pytest.mark.parametrize("what", CRAFTED)
def test_a_crafted_configuration_is_not_built(keras, what):
    model = _small(keras)
    encoder = wire.Encoder(handle=lambda value: {"number": 1})
    node = encoder.add(model)
    configuration = json.loads(bytes(encoder.buffers[node[1]]))
    CRAFTED[what](configuration)
    encoder.buffers[node[1]] = json.dumps(configuration).encode()
    buffers = [memoryview(buffer).cast("B") for buffer in encoder.buffers]
    assert wire.Decoder(buffers, remote=lambda about: "remote").value(node) == "remote"
