"""What may cross from a student's process to the trusted one, and how it is written down.

A message is a frame: lengths, a JSON header, binary buffers. Whatever the other side sends, decoding runs none of its code, unpickles
nothing, and allocates no more than the limits below. Values cross by their exact type. A subclass, a function or an object of a
student's own class never does: it stays where it is, and a *handle* (a number) crosses instead.
"""

import collections
import datetime
import decimal
import fractions
import json
import math
import operator
import pathlib
import re
import socket
import struct
import sys
import time
import zoneinfo
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from autograder.examiner import references

MAX_BYTES = 64 * 2**20  # of a frame from the student's process
MAX_HEADER = 16 * 2**20  # of its JSON part
MAX_REQUEST = 2**30  # of a frame from the trusted process
MAX_BUFFERS = 100_000
MAX_DEPTH = 64
MAX_NODES = 2_000_000
MAX_DIGITS = 40_000  # hexadecimal ones of an integer
MAX_EXPONENT = 10_000  # of a Decimal: int(Decimal("1e999999999")) would fill the memory
_INLINE_TEXT = 1000  # characters; longer text goes into a buffer
_PACKED = 16  # a list of this many floats or integers goes into a buffer
_PREFIX = struct.Struct(">4sIQ")
_MAGIC = b"AGW1"
_INT64 = range(-(2**63), 2**63)
_NATIVE = {type(None), bool, int, float, str}
_MAX_TRACKED = 256
_TRACKED_DEPTH = 4


class WireError(Exception):
    """A message that is malformed, out of order or beyond a limit; or none came."""


class Unencodable(Exception):
    """A value that does not cross as a value."""


# Frames --------------------------------------------------------------------------------------------------------------


class Channel:
    """Frames over a connected stream socket.

    An exchange that is interrupted (a time-out, Ctrl-C) can be taken up again: what was half sent or half received is kept.

    Args:
        fd: the socket's descriptor; the channel owns it from now on.
        limit: bytes of the largest frame that is accepted.
    """

    def __init__(self, fd: int, *, limit: int = MAX_BYTES):
        self._socket = socket.socket(fileno=fd)
        self._limit = limit
        self._outgoing: collections.deque[memoryview] = collections.deque()
        self._prefix = bytearray()
        self._frame: tuple[int, memoryview] | None = None  # length of the header, the bytes
        self._filled = 0

    def send(self, header: dict, buffers: Sequence[Any] = (), *, deadline: float | None = None) -> None:
        """Send a frame; `deadline` is a time of `time.monotonic`. Raises TimeoutError, OSError."""
        self._outgoing.append(memoryview(frame(header, buffers)))
        self._flush(deadline)

    def _flush(self, deadline: float | None) -> None:
        while self._outgoing:
            view = self._outgoing[0]
            self._wait(deadline)
            sent = self._socket.send(view)
            self._outgoing[0] = view[sent:]
            if sent == len(view):
                self._outgoing.popleft()

    def _wait(self, deadline: float | None) -> None:
        if deadline is None:
            self._socket.settimeout(None)
            return
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._socket.settimeout(left)

    def receive(self, *, deadline: float | None = None) -> tuple[dict, list[memoryview]]:
        """The next frame: its header and its buffers. Raises WireError, TimeoutError; EOFError when the other side has closed."""
        while len(self._prefix) < _PREFIX.size:
            self._wait(deadline)
            piece = self._socket.recv(_PREFIX.size - len(self._prefix))
            if not piece:
                raise EOFError
            self._prefix += piece
        if self._frame is None:
            magic, header_length, body_length = _PREFIX.unpack(self._prefix)
            if magic != _MAGIC:
                raise WireError("The message does not begin as a message does.")
            if header_length > min(MAX_HEADER, self._limit) or header_length + body_length > self._limit:
                raise WireError(f"The message is larger than {self._limit // 2**20} MiB.")
            self._frame, self._filled = (header_length, memoryview(bytearray(header_length + body_length))), 0
        header_length, view = self._frame
        while self._filled < len(view):
            self._wait(deadline)
            count = self._socket.recv_into(view[self._filled :])
            if not count:
                raise EOFError
            self._filled += count
        self._prefix, self._frame = bytearray(), None
        return parse(view[:header_length], view[header_length:])


def frame(header: dict, buffers: Sequence[Any] = ()) -> bytes:
    """The bytes of a message."""
    views = [memoryview(buffer).cast("B") for buffer in buffers]
    text = json.dumps({**header, "sizes": [len(view) for view in views]}, separators=(",", ":")).encode()
    return b"".join([_PREFIX.pack(_MAGIC, len(text), sum(map(len, views))), text, *views])


def parse(text: memoryview, body: memoryview) -> tuple[dict, list[memoryview]]:
    """The header and the buffers of a frame. Raises WireError."""
    raw = bytes(text)
    if not fits(raw):
        raise WireError(f"The message has more than {MAX_NODES} parts.")
    try:
        header = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise WireError(f"The message's header is not JSON: {type(error).__name__}.") from None
    sizes = header.get("sizes") if type(header) is dict else None
    if type(sizes) is not list or len(sizes) > MAX_BUFFERS or not all(type(size) is int and size >= 0 for size in sizes) or sum(sizes) != len(body):
        raise WireError("The message's buffers are not as long as it says.")
    buffers, position = [], 0
    for size in sizes:
        buffers.append(body[position : position + size])
        position += size
    return header, buffers


def fits(text: bytes) -> bool:
    """Whether this JSON has few enough parts to be read; counted before anything is built of it."""
    return text.count(b",") + text.count(b"[") + text.count(b"{") <= MAX_NODES


# Encoding ------------------------------------------------------------------------------------------------------------


class Encoder:
    """Writes values into the nodes and buffers of one frame.

    Args:
        handle: gives the description (a JSON dictionary) of an object that stays; None: such an object raises Unencodable.
        known: objects that the other side holds too, by identity; they cross as their number.
    """

    def __init__(self, *, handle: Callable[[object], dict] | None = None, known: dict[int, int] | None = None):
        self.buffers: list[Any] = []
        self.handle = handle
        self.known = known or {}
        self.whole = 0  # above 0: what is under way crosses with all its parts, or not at all
        self._nodes = 0
        self._bytes = 0

    def add(self, value: object) -> Any:
        """The node of a value. What is too large or too deep as a whole stays behind as a handle."""
        return self._add(self.encode, value)

    def add_contents(self, value: object) -> Any:
        """The node of a known object's present contents."""
        return self._add(self._contents, value)

    def _add(self, encode: Callable[[object, int], Any], value: object) -> Any:
        before = len(self.buffers), self._nodes, self._bytes
        try:
            return encode(value, 0)
        except (Unencodable, RecursionError):
            del self.buffers[before[0] :]
            _, self._nodes, self._bytes = before
            return self._stays(value)

    def buffer(self, data: Any) -> int:
        """Keep bytes for the frame; their number."""
        size = memoryview(data).nbytes
        self._bytes += size
        if self._bytes > MAX_BYTES // 2:
            raise Unencodable("too large")
        self.buffers.append(data)
        return len(self.buffers) - 1

    def _stays(self, value: object) -> list:
        if self.handle is None:
            raise Unencodable(f"a value of type {type(value).__name__}")
        return ["remote", self.handle(value)]

    def _count(self, nodes: int, depth: int) -> None:
        self._nodes += nodes
        if self._nodes > MAX_NODES // 4 or depth > MAX_DEPTH // 2:
            raise Unencodable("too large or too deep")

    def encode(self, value: object, depth: int) -> Any:
        kind = type(value)
        if self.known and id(value) in self.known:
            return ["known", self.known[id(value)]]
        if kind is bool or value is None:
            return value
        return self._contents(value, depth)

    def _contents(self, value: object, depth: int) -> Any:
        self._count(1, depth)
        encode = _ENCODERS.get(type(value)) or _encoder_from_library(value)
        if encode is None:
            node = references.refer(value)
            return self._stays(value) if node is None else ["reference", *node, self.handle(value) if self.handle else None]
        before = len(self.buffers), self._nodes, self._bytes
        try:
            return encode(self, value, depth)
        except Unencodable:
            if depth == 0 or self.whole:
                raise
            # only this part is too odd to cross: the rest does
            del self.buffers[before[0] :]
            _, self._nodes, self._bytes = before
            return self._stays(value)

    def items(self, values: Sequence, depth: int) -> list:
        kinds = set(map(type, values))
        if kinds <= _NATIVE and not (str in kinds or int in kinds):
            self._count(len(values), depth)
            return list(values)
        return [self.encode(value, depth + 1) for value in values]

    def _int(self, value: int, depth: int) -> Any:
        if value in _INT64:
            return value
        if value.bit_length() > 4 * MAX_DIGITS:
            raise Unencodable("too many digits")
        return ["int", hex(value)]

    def _float(self, value: float, depth: int) -> Any:
        return value if math.isfinite(value) else ["float", struct.pack("<d", value).hex()]

    def _str(self, value: str, depth: int) -> Any:
        if len(value) <= _INLINE_TEXT and value.isascii():
            return value
        return ["str", self.buffer(value.encode("utf-8", "surrogatepass"))]

    def _list(self, value: list, depth: int) -> Any:
        return ["list", self.sequence(value, depth)]

    def _tuple(self, value: tuple, depth: int) -> Any:
        return ["tuple", self.sequence(value, depth)]

    def sequence(self, value: Sequence, depth: int) -> Any:
        """The elements; where all are floats, or all small integers, in a buffer."""
        if len(value) >= _PACKED:
            kinds = set(map(type, value))
            if kinds in ({float}, {int}):
                try:
                    return [
                        "packed",
                        "d" if kinds == {float} else "q",
                        self.buffer(struct.pack(f"<{len(value)}{'d' if kinds == {float} else 'q'}", *value)),
                    ]
                except struct.error:
                    pass  # an integer that needs more than 64 bits
        return self.items(value, depth)

    def _dict(self, value: dict, depth: int) -> Any:
        return ["dict", self.sequence(list(value), depth), self.sequence(list(value.values()), depth)]


def _plain(name: str, *parts: Callable[[Any], Any]) -> Callable[[Encoder, Any, int], list]:
    """An encoder of a value by these of its parts."""
    return lambda encoder, value, depth: [name, *(encoder.encode(part(value), depth + 1) for part in parts)]


def _encode_decimal(encoder: Encoder, value: decimal.Decimal, depth: int) -> list:
    _, digits, exponent = value.as_tuple()
    if len(digits) > MAX_EXPONENT or (isinstance(exponent, int) and abs(exponent) > MAX_EXPONENT):
        raise Unencodable("a Decimal out of range")
    return ["decimal", str(value)]


def _encode_defaultdict(encoder: Encoder, value: collections.defaultdict, depth: int) -> list:
    factory = value.default_factory
    if factory is not None and factory not in _FACTORIES.values():
        raise Unencodable("a defaultdict with a factory of its own")
    return ["defaultdict", factory.__name__ if factory else None, encoder._dict(value, depth)]


def _encode_zone(encoder: Encoder, zone: zoneinfo.ZoneInfo, depth: int) -> list:
    if not zone.key:
        raise Unencodable("a time zone without a name")
    return ["zone", zone.key]


_FACTORIES = {kind.__name__: kind for kind in (int, float, complex, bool, str, bytes, list, tuple, dict, set, frozenset)}
_MOMENT = operator.attrgetter("year", "month", "day", "hour", "minute", "second", "microsecond")
_CLOCK = operator.attrgetter("hour", "minute", "second", "microsecond")
_PATHS = {kind.__name__: kind for kind in (type(pathlib.Path()), pathlib.PurePosixPath)}

_ENCODERS: dict[type, Callable[[Encoder, Any, int], Any]] = {
    type(None): lambda encoder, value, depth: value,
    bool: lambda encoder, value, depth: value,
    int: Encoder._int,
    float: Encoder._float,
    complex: lambda encoder, value, depth: ["complex", struct.pack("<2d", value.real, value.imag).hex()],
    str: Encoder._str,
    bytes: lambda encoder, value, depth: ["bytes", encoder.buffer(value)],
    bytearray: lambda encoder, value, depth: ["bytearray", encoder.buffer(bytes(value))],
    list: Encoder._list,
    tuple: Encoder._tuple,
    dict: Encoder._dict,
    set: lambda encoder, value, depth: ["set", encoder.sequence(list(value), depth)],
    frozenset: lambda encoder, value, depth: ["frozenset", encoder.sequence(list(value), depth)],
    range: _plain("range", operator.attrgetter("start"), operator.attrgetter("stop"), operator.attrgetter("step")),
    slice: _plain("slice", operator.attrgetter("start"), operator.attrgetter("stop"), operator.attrgetter("step")),
    type(Ellipsis): lambda encoder, value, depth: ["ellipsis"],
    type(NotImplemented): lambda encoder, value, depth: ["notimplemented"],
    datetime.datetime: lambda encoder, value, depth: ["datetime", *_MOMENT(value), value.fold, encoder.encode(value.tzinfo, depth + 1)],
    datetime.date: lambda encoder, value, depth: ["date", value.year, value.month, value.day],
    datetime.time: lambda encoder, value, depth: ["time", *_CLOCK(value), value.fold, encoder.encode(value.tzinfo, depth + 1)],
    datetime.timedelta: lambda encoder, value, depth: ["timedelta", value.days, value.seconds, value.microseconds],
    datetime.timezone: _plain("timezone", lambda zone: zone.utcoffset(None)),
    zoneinfo.ZoneInfo: _encode_zone,
    decimal.Decimal: _encode_decimal,
    fractions.Fraction: _plain("fraction", operator.attrgetter("numerator"), operator.attrgetter("denominator")),
    collections.OrderedDict: lambda encoder, value, depth: ["ordereddict", encoder._dict(value, depth)],
    collections.Counter: lambda encoder, value, depth: ["counter", encoder._dict(value, depth)],
    collections.defaultdict: _encode_defaultdict,
    collections.deque: lambda encoder, value, depth: ["deque", value.maxlen, encoder.sequence(list(value), depth)],
    **{kind: lambda encoder, value, depth: ["path", type(value).__name__, encoder.encode(str(value), depth + 1)] for kind in _PATHS.values()},
}


def _encoder_from_library(value: object) -> Callable[[Encoder, Any, int], Any] | None:
    """The encoder of a type that is not built in. Only libraries that are loaded are asked: an object of theirs is not here otherwise."""
    kind = type(value)
    if kind.__base__ is tuple and "_fields" in vars(kind):
        return _encode_namedtuple
    root = kind.__module__.partition(".")[0] if type(kind.__module__) is str else ""
    if root == "numpy":
        from autograder.examiner import tables

        return tables.numpy_encoder(kind)
    if root == "pandas":
        from autograder.examiner import tables

        return tables.pandas_encoder(kind)
    if root == "scipy":
        from autograder.examiner import tables

        return tables.scipy_encoder(kind)
    if root in ("keras", "tensorflow", "sklearn"):
        from autograder.examiner import models

        return models.encoder(value)
    return None


def _encode_namedtuple(encoder: Encoder, value: tuple, depth: int) -> list:
    fields = type(value)._fields
    if not _safe_fields(fields) or len(fields) != tuple.__len__(value):
        raise Unencodable("a named tuple with odd names")
    return ["namedtuple", type(value).__name__, list(fields), encoder.items(tuple(tuple.__iter__(value)), depth)]


def _safe_fields(fields: object) -> bool:
    return (
        isinstance(fields, tuple | list)
        and len(fields) <= 100
        and all(type(name) is str and re.fullmatch(r"[a-zA-Z]\w{0,60}", name) for name in fields)
    )


# Decoding ------------------------------------------------------------------------------------------------------------


class Decoder:
    """Reads the values of one frame.

    Args:
        buffers: of the frame; each may be used once.
        remote: makes the stand-in of an object that stayed behind, of its description; None: such an object is an error.
        rebuilt: is told of an object that was built anew, with the description of the one that it was made after.
        known: the objects that this side keeps under a number.
    """

    def __init__(
        self,
        buffers: Sequence[memoryview],
        *,
        remote: Callable[[dict], object] | None = None,
        rebuilt: Callable[[object, dict], None] | None = None,
        known: Sequence[object] = (),
    ):
        self._buffers: list[memoryview | None] = list(buffers)
        self._make_remote = remote
        self._tell_rebuilt = rebuilt
        self.known = known
        self._nodes = 0

    def value(self, node: Any) -> Any:
        """The value of a node. Raises WireError, whatever is wrong with it."""
        try:
            return self.decode(node, 0)
        except WireError:
            raise
        except Exception as error:
            # what a library says about data that nobody honest would send
            raise WireError(f"A value in the reply is malformed ({type(error).__name__}).") from error

    def buffer(self, number: Any) -> memoryview:
        if type(number) is not int or not 0 <= number < len(self._buffers) or self._buffers[number] is None:
            raise WireError("A value in the reply names a buffer that is not there.")
        buffer, self._buffers[number] = self._buffers[number], None
        return buffer

    def count(self, nodes: int) -> None:
        self._nodes += nodes
        if self._nodes > MAX_NODES:
            raise WireError(f"The reply has more than {MAX_NODES} parts.")

    def decode(self, node: Any, depth: int) -> Any:
        if type(node) in _NATIVE:
            return node
        if depth > MAX_DEPTH:
            raise WireError(f"A value in the reply is nested deeper than {MAX_DEPTH}.")
        if type(node) is not list or not node or type(node[0]) is not str:
            raise WireError("A value in the reply is malformed.")
        decode = _DECODERS.get(node[0]) or _decoder_from_library(node[0])
        if decode is None:
            raise WireError("A value in the reply is of no known type.")
        return decode(self, depth, *node[1:])

    def expect(self, node: Any, depth: int, kind: type | tuple[type, ...]) -> Any:
        """The value of a node that has to be of exactly one of these types."""
        value = self.decode(node, depth + 1)
        if type(value) not in (kind if isinstance(kind, tuple) else (kind,)):
            raise WireError("A part of a value in the reply is of a wrong type.")
        return value

    def items(self, node: Any, depth: int, *, raw: bool = False) -> list:
        """The values of a list of nodes; or, if `raw`, the nodes."""
        if type(node) is not list:
            raise WireError("A value in the reply is malformed.")
        if len(node) == 3 and node[0] == "packed" and node[1] in ("d", "q") and type(node[2]) is int:
            data = self.buffer(node[2])
            self.count(len(data) // 8)
            return list(struct.unpack(f"<{len(data) // 8}{node[1]}", data))
        self.count(len(node))
        if raw or set(map(type, node)) <= _NATIVE:
            return node
        return [self.decode(item, depth + 1) for item in node]

    def remote(self, description: Any) -> Any:
        """The stand-in of an object that stayed."""
        if self._make_remote is None or type(description) is not dict:
            raise WireError("The reply names an object that is not there.")
        return self._make_remote(description)

    def rebuilt(self, value: object, description: Any) -> None:
        """Note which object a value was built after."""
        if self._tell_rebuilt is not None:
            self._tell_rebuilt(value, description)

    def mapping(self, node: Any, depth: int) -> dict:
        return self.expect(node, depth, dict)


def _known(decoder: Decoder, depth: int, number: Any) -> Any:
    if type(number) is not int or not 0 <= number < len(decoder.known):
        raise WireError("The reply names an argument that was not sent.")
    return decoder.known[number]


def _reference(decoder: Decoder, depth: int, module: Any, name: Any, description: Any = None) -> Any:
    found = references.resolve(module, name)
    if found is not None:
        return found
    return decoder.remote(description)


def _integer(decoder: Decoder, depth: int, digits: Any) -> int:
    if type(digits) is not str or len(digits) > MAX_DIGITS + 3 or not re.fullmatch(r"-?0x[0-9a-f]+", digits):
        raise WireError("An integer in the reply is malformed or too long.")
    return int(digits, 16)


def _mapping(decoder: Decoder, depth: int, keys: Any, values: Any) -> dict:
    return dict(zip(decoder.items(keys, depth), decoder.items(values, depth), strict=True))


def _numbers(*values: Any) -> None:
    if not all(type(value) is int for value in values):
        raise WireError("A part of a value in the reply should be an integer.")


def _datetime(decoder: Decoder, depth: int, *parts: Any) -> datetime.datetime:
    *numbers, fold, zone = parts
    _numbers(*numbers, fold)
    return datetime.datetime(*numbers, fold=fold, tzinfo=_zone_of(decoder, depth, zone))


def _time(decoder: Decoder, depth: int, *parts: Any) -> datetime.time:
    *numbers, fold, zone = parts
    _numbers(*numbers, fold)
    return datetime.time(*numbers, fold=fold, tzinfo=_zone_of(decoder, depth, zone))


def _zone_of(decoder: Decoder, depth: int, node: Any) -> datetime.tzinfo | None:
    return decoder.expect(node, depth, (type(None), datetime.timezone, zoneinfo.ZoneInfo))


def _zone(decoder: Decoder, depth: int, key: Any) -> zoneinfo.ZoneInfo:
    if type(key) is not str or not re.fullmatch(r"[A-Za-z0-9_+-]{1,40}(/[A-Za-z0-9_+-]{1,40}){0,3}", key):
        raise WireError("A time zone in the reply is malformed.")
    return zoneinfo.ZoneInfo(key)


def _date(decoder: Decoder, depth: int, *parts: Any) -> datetime.date:
    _numbers(*parts)
    return datetime.date(*parts)


def _timedelta(decoder: Decoder, depth: int, *parts: Any) -> datetime.timedelta:
    _numbers(*parts)
    return datetime.timedelta(*parts)


def _decimal(decoder: Decoder, depth: int, text: Any) -> decimal.Decimal:
    if type(text) is not str or len(text) > MAX_EXPONENT + 100:
        raise WireError("A Decimal in the reply is malformed.")
    value = decimal.Decimal(text)
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and abs(exponent) > MAX_EXPONENT:
        raise WireError("A Decimal in the reply is out of range.")
    return value


def _defaultdict(decoder: Decoder, depth: int, factory: Any, contents: Any) -> collections.defaultdict:
    return collections.defaultdict(_FACTORIES[factory] if factory is not None else None, decoder.mapping(contents, depth))


def _deque(decoder: Decoder, depth: int, length: Any, items: Any) -> collections.deque:
    if length is not None:
        _numbers(length)
    return collections.deque(decoder.items(items, depth), length)


def _namedtuple(decoder: Decoder, depth: int, name: Any, fields: Any, items: Any) -> tuple:
    if type(name) is not str or not _safe_fields([name]) or not _safe_fields(fields):
        raise WireError("A named tuple in the reply is malformed.")
    return _namedtuple_type(name, tuple(fields))(*decoder.items(items, depth))


_namedtuple_types: dict[tuple, type] = {}


def _namedtuple_type(name: str, fields: tuple[str, ...]) -> type:
    """One class for the same name and fields, so that two values of a student's class are of one class here too."""
    if (name, fields) not in _namedtuple_types:
        if len(_namedtuple_types) > 1000:
            raise WireError("The replies have too many kinds of named tuples.")
        _namedtuple_types[name, fields] = collections.namedtuple(name, fields)
    return _namedtuple_types[name, fields]


_OPTIONAL_INT = (type(None), int)

_DECODERS: dict[str, Callable[..., Any]] = {
    "known": _known,
    "remote": lambda decoder, depth, description: decoder.remote(description),
    "reference": _reference,
    "int": _integer,
    "float": lambda decoder, depth, digits: struct.unpack("<d", bytes.fromhex(digits))[0],
    "complex": lambda decoder, depth, digits: complex(*struct.unpack("<2d", bytes.fromhex(digits))),
    "str": lambda decoder, depth, number: bytes(decoder.buffer(number)).decode("utf-8", "surrogatepass"),
    "bytes": lambda decoder, depth, number: bytes(decoder.buffer(number)),
    "bytearray": lambda decoder, depth, number: bytearray(decoder.buffer(number)),
    "list": lambda decoder, depth, items: decoder.items(items, depth),
    "tuple": lambda decoder, depth, items: tuple(decoder.items(items, depth)),
    "set": lambda decoder, depth, items: set(decoder.items(items, depth)),
    "frozenset": lambda decoder, depth, items: frozenset(decoder.items(items, depth)),
    "dict": _mapping,
    "range": lambda decoder, depth, *parts: range(*(decoder.expect(part, depth, int) for part in parts)),
    "slice": lambda decoder, depth, start, stop, step: slice(*(decoder.decode(part, depth + 1) for part in (start, stop, step))),
    "ellipsis": lambda decoder, depth: ...,
    "notimplemented": lambda decoder, depth: NotImplemented,
    "datetime": _datetime,
    "date": _date,
    "time": _time,
    "timedelta": _timedelta,
    "timezone": lambda decoder, depth, offset: datetime.timezone(decoder.expect(offset, depth, datetime.timedelta)),
    "zone": _zone,
    "decimal": _decimal,
    "fraction": lambda decoder, depth, top, bottom: fractions.Fraction(decoder.expect(top, depth, int), decoder.expect(bottom, depth, int)),
    "path": lambda decoder, depth, kind, text: _PATHS[kind](decoder.expect(text, depth, str)),
    "ordereddict": lambda decoder, depth, contents: collections.OrderedDict(decoder.mapping(contents, depth)),
    "counter": lambda decoder, depth, contents: collections.Counter(decoder.mapping(contents, depth)),
    "defaultdict": _defaultdict,
    "deque": _deque,
    "namedtuple": _namedtuple,
}


def _decoder_from_library(tag: str) -> Callable[..., Any] | None:
    if tag.startswith(("numpy.", "pandas.", "scipy.")):
        from autograder.examiner import tables

        return tables.DECODERS.get(tag)
    if tag.startswith(("keras.", "tensorflow.", "sklearn.")):
        from autograder.examiner import models

        return models.DECODERS.get(tag)
    return None


def encode(value: object) -> tuple[Any, list]:
    """The node and the buffers of one value. Raises Unencodable where it does not cross as a value."""
    encoder = Encoder()
    return encoder.add(value), encoder.buffers


def decode(node: Any, buffers: Sequence[Any]) -> Any:
    """The value of a node and its buffers. Raises WireError."""
    return Decoder([memoryview(buffer).cast("B") for buffer in buffers]).value(node)


# What can change in place ----------------------------------------------------------------------------------------------

_CONTAINERS = {list, dict, set, bytearray, collections.deque, collections.OrderedDict, collections.defaultdict, collections.Counter}
_MAPPINGS = {dict, collections.OrderedDict, collections.defaultdict, collections.Counter}
_INSIDE = _CONTAINERS | {tuple}


def _is_table(kind: type) -> bool:
    pandas = sys.modules.get("pandas")
    return pandas is not None and kind in (getattr(pandas, "DataFrame", None), getattr(pandas, "Series", None))


def _is_array(kind: type) -> bool:
    numpy = sys.modules.get("numpy")
    return numpy is not None and kind is getattr(numpy, "ndarray", None)


def changeable(values: Iterable[object]) -> list[object]:
    """The objects among these, and some levels inside, that can change in place; in an order that depends on the structure alone."""
    found: dict[int, object] = {}

    def walk(value: object, depth: int) -> None:
        kind = type(value)
        if len(found) >= _MAX_TRACKED or depth > _TRACKED_DEPTH or id(value) in found:
            return
        if kind in _CONTAINERS or _is_array(kind) or _is_table(kind):
            found[id(value)] = value
        if kind in _INSIDE and kind not in (set, bytearray):
            inner = list(value.values()) if kind in _MAPPINGS else list(value)
            if not set(map(type, inner)) <= _NATIVE:
                for item in inner:
                    walk(item, depth + 1)

    for value in values:
        walk(value, 0)
    return list(found.values())


class Snapshot:
    """What a changeable object held at a moment."""

    def __init__(self, value: object):
        self._kind = type(value)
        self._held = self._hold(value)

    @staticmethod
    def _hold(value: Any) -> Any:
        kind = type(value)
        if kind is bytearray:
            return bytes(value)
        if kind in _MAPPINGS:
            return [*value, *value.values()]
        if kind in _CONTAINERS:
            return list(value)
        if _is_array(kind):
            return value.dtype, value.shape, value.ravel().tolist() if value.dtype.hasobject else value.tobytes()
        return value.copy() if _is_table(kind) else None

    def differs(self, value: Any) -> bool:
        """Whether the object holds something else now. Elements are compared by identity, those of tables by value."""
        kind = self._kind
        if _is_table(kind):
            old = self._held
            names = (value.columns, old.columns) if hasattr(old, "columns") else ([value.name], [old.name])
            try:
                return not (list(names[0]) == list(names[1]) and list(value.index.names) == list(old.index.names) and value.equals(old))
            except Exception:
                return True  # an object in it does not let itself be compared
        now = self._hold(value)
        if _is_array(kind):
            same = now[:2] == self._held[:2]
            return not (same and (now[2] == self._held[2] if type(now[2]) is bytes else all(map(operator.is_, now[2], self._held[2]))))
        if type(now) is list:
            return len(now) != len(self._held) or any(map(operator.is_not, now, self._held))
        return now != self._held


def replace_contents(value: Any, new: Any) -> bool:
    """Make an object hold what another of its type holds; False if that cannot be done in place."""
    kind = type(value)
    if type(new) is not kind:
        return False
    if kind in (list, bytearray):
        value[:] = new
    elif kind in _MAPPINGS or kind is set:
        value.clear()
        dict.update(value, new) if kind is not set else value.update(new)
    elif kind is collections.deque:
        value.clear()
        value.extend(new)
    elif _is_array(kind):
        if value.dtype != new.dtype or not value.flags.writeable or value.size != new.size:
            return False
        if value.shape != new.shape:
            value.shape = new.shape
        value[...] = new
    elif _is_table(kind):
        kind.__init__(value, new)
    else:
        return False
    return True
