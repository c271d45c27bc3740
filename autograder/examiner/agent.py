"""The student's side: it answers what the trusted side asks of the student's names and objects.

This runs in the student's process, which may have changed any of it. The trusted side believes nothing that comes from here.
"""

import builtins
import contextlib
import inspect
import io
import operator
import os
import pickle
import random
import signal
import stat
import sys
import threading
import traceback
import types
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from autograder.examiner import references, wire

MAX_PRINTED = 2**20  # characters that one request may print
MAX_FILE = 16 * 2**20
SPECIAL_METHODS = [
    "__len__",
    "__getitem__",
    "__setitem__",
    "__delitem__",
    "__iter__",
    "__next__",
    "__contains__",
    "__enter__",
    "__exit__",
    "__bool__",
    "__int__",
    "__float__",
    "__complex__",
    "__index__",
    "__call__",
    "__array__",
    "__add__",
    "__radd__",
    "__sub__",
    "__rsub__",
    "__mul__",
    "__rmul__",
    "__truediv__",
    "__rtruediv__",
    "__floordiv__",
    "__rfloordiv__",
    "__mod__",
    "__rmod__",
    "__pow__",
    "__rpow__",
    "__matmul__",
    "__rmatmul__",
    "__and__",
    "__rand__",
    "__or__",
    "__ror__",
    "__xor__",
    "__rxor__",
    "__lshift__",
    "__rlshift__",
    "__rshift__",
    "__rrshift__",
    "__divmod__",
    "__rdivmod__",
    "__neg__",
    "__pos__",
    "__abs__",
    "__invert__",
    "__round__",
    "__lt__",
    "__le__",
    "__gt__",
    "__ge__",
]
_TEXT_OF_TRACEBACK = 4096


class _Interrupted(BaseException):
    """The grader's own interrupt, whatever became of it in the student's code."""


def attach(fd: int, namespace: dict[str, Any]) -> None:
    """Take the student's end of the channel.

    Args:
        fd: a connected stream socket; it is ours from now on.
        namespace: where the student's names are, looked up anew at each request.
    """
    global _agent
    _agent = _Agent(fd, namespace)


def serve(token: str = "") -> None:
    """Answer until the trusted side is done or gone.

    Args:
        token: of this turn; requests of another turn (one that was broken off) are passed over.

    Raises:
        KeyboardInterrupt: the grader interrupted this process.
    """
    _the_agent().serve(token)


_agent: "_Agent | None" = None


def _the_agent() -> "_Agent":
    if _agent is None:
        raise RuntimeError("The agent has no channel: call attach() first.")
    return _agent


# What a pickled request is made of: these are found by their name ------------------------------------------------------


def handle(number: int) -> object:
    """The object of this process that has this number."""
    return _the_agent().objects[number]


def shared(name: str) -> object:
    """The object that a name of the student's stands for."""
    return _the_agent().namespace[name]


def defined(name: str) -> object:
    """A class or function that a locked cell defined; both sides have one."""
    found: Any = _the_agent().namespace
    first, *rest = name.split(".")
    if first not in found:
        raise LookupError(f"the student's kernel has no {name}: define it in a locked cell of its own, before the student's cells")
    found = found[first]
    for part in rest:
        found = getattr(found, part)
    return found


def callback(number: int, name: str, document: str | None) -> Callable:
    """A function of the test's: a call goes back to the trusted side."""

    def call(*arguments: Any, **keywords: Any) -> Any:
        return _the_agent().call_back(number, "call", arguments, keywords)

    call.__name__ = call.__qualname__ = name
    call.__doc__ = document
    return call


def iterator(number: int) -> Iterator:
    """A generator of the test's; each value comes when it is asked for."""
    while True:
        more, value = _the_agent().call_back(number, "next", (), {})
        if not more:
            return
        yield value


# --------------------------------------------------------------------------------------------------------------------


class _Printed(io.TextIOBase):
    """Standard output or error during a request: what is written goes to the trusted side with the answer."""

    def __init__(self, stream: int, pieces: list[list]):
        self._stream, self._pieces, self._left = stream, pieces, MAX_PRINTED

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        kept = text[: self._left]
        self._left -= len(kept)
        if kept:
            if self._pieces and self._pieces[-1][0] == self._stream:
                self._pieces[-1][1].append(kept)
            else:
                self._pieces.append([self._stream, [kept]])
        return len(text)

    def writable(self) -> bool:
        return True

    @property
    def encoding(self) -> str:
        return "utf-8"


class _Agent:
    def __init__(self, fd: int, namespace: dict[str, Any]):
        self.namespace = namespace
        self.objects: list[object] = []
        self._numbers: dict[Any, int] = {}
        self._channel = wire.Channel(fd, limit=wire.MAX_REQUEST)
        self._lock = threading.RLock()
        self._requests: list[str] = []  # ids of those under way, the innermost last
        self._token = ""
        self._shared: dict[str, tuple[object, list[tuple[object, wire.Snapshot]]]] = {}
        self._printed: list[list] = []
        self._interrupted = False

    # the loop

    def serve(self, token: str) -> None:
        self._token, self._shared, self._requests, self._interrupted = token, {}, [], False
        with self._interruptible():
            try:
                self._answer_until(None)
            except (EOFError, OSError, wire.WireError):
                return
            except _Interrupted:
                raise KeyboardInterrupt from None

    @contextlib.contextmanager
    def _interruptible(self) -> Iterator[None]:
        """Remember an interrupt, so that student's code can not keep it from us."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def interrupt(*_: object) -> None:
            self._interrupted = True
            raise KeyboardInterrupt

        before = signal.signal(signal.SIGINT, interrupt)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    def _answer_until(self, result_of: str | None) -> Any:
        """Answer requests until the turn is done, or, in a callback, until its result is there."""
        while True:
            header, buffers = self._channel.receive()
            kind = header.get("kind")
            if kind == "result" and header.get("re") == result_of and result_of is not None:
                return pickle.loads(buffers[0])
            if header.get("token") != self._token:
                continue
            if kind == "done" and result_of is None:
                return None
            if kind == "request":
                self._answer(header["id"], buffers[0])

    def _answer(self, identity: str, payload: memoryview) -> None:
        self._requests.append(identity)
        pieces, before = self._printed, (sys.stdout, sys.stderr)
        self._printed = []
        sys.stdout, sys.stderr = _Printed(0, self._printed), _Printed(1, self._printed)
        reply: dict[str, Any] = {"re": identity, "kind": "reply"}
        try:
            try:
                buffers = self._perform(payload, reply)
            except BaseException as error:
                if self._interrupted:
                    raise _Interrupted from None
                reply["error"], buffers = self._describe_error(error)
            if self._interrupted:
                raise _Interrupted
        finally:
            sys.stdout, sys.stderr = before
            self._requests.pop()
            reply["printed"] = [[stream, "".join(texts)] for stream, texts in self._printed]
            self._printed = pieces
        self._channel.send(reply, buffers)

    def call_back(self, number: int, kind: str, arguments: tuple, keywords: dict) -> Any:
        with self._lock:
            if not self._requests:
                raise RuntimeError("A function of the test's was called after the test.")
            identity = f"{self._requests[-1]}/{number}/{os.urandom(4).hex()}"
            encoder = wire.Encoder(handle=self.describe)
            positional = ["tuple", [encoder.add(value) for value in arguments]]
            named = ["dict", list(keywords), [encoder.add(value) for value in keywords.values()]]
            printed = [[stream, "".join(texts)] for stream, texts in self._printed]
            self._printed.clear()
            header = {
                "re": self._requests[-1],
                "kind": "callback",
                "id": identity,
                "number": number,
                "what": kind,
                "value": [positional, named],
                "printed": printed,
            }
            self._channel.send(header, encoder.buffers)
            succeeded, value = self._answer_until(identity)
        if succeeded:
            return value
        raise value

    # one request

    def _perform(self, payload: memoryview, reply: dict) -> list:
        try:
            request = pickle.loads(payload)
        except Exception as error:
            reply["unsendable"] = str(error)[:500]
            return []
        self._update(request["updates"])
        arguments = (*request["arguments"], *request["keywords"].values())
        sent = wire.changeable(arguments)
        before = [wire.Snapshot(value) for value in sent]
        encoder = wire.Encoder(handle=self.describe, known={id(value): number for number, value in enumerate(sent)})
        error = None
        with self._surroundings(request):
            try:
                perform = getattr(self, f"_do_{request['what']}")
                result = perform(*request["arguments"], **request["keywords"])
            except BaseException as raised:
                if self._interrupted:
                    raise
                error, result = raised, None
        if error is None:
            if request["what"] == "fetch":
                reply["value"] = ["dict", list(result), [encoder.add(value) for value in result.values()]]
            else:
                reply["value"] = encoder.add(result)
        else:
            reply["error"], _ = self._describe_error(error)
        reply["changed"] = [[number, encoder.add_contents(value)] for number, value in enumerate(sent) if before[number].differs(value)]
        reply["names"] = self._changes_of_shared(encoder)
        return encoder.buffers

    @contextlib.contextmanager
    def _surroundings(self, request: dict) -> Iterator[None]:
        """Seeds, NumPy's error state and warning filters as the test has set them."""
        if request.get("random") is not None:
            random.setstate(request["random"])
        with contextlib.ExitStack() as stack:
            if request.get("numpy_random") is not None:
                import numpy as np

                keys, *rest = request["numpy_random"]
                np.random.set_state(("MT19937", np.frombuffer(keys, np.uint32), *rest))
            if request.get("numpy_errors") is not None:
                import numpy as np

                stack.enter_context(np.errstate(**request["numpy_errors"]))
            if request.get("filters") is not None:
                stack.enter_context(warnings.catch_warnings())
                warnings.resetwarnings()
                for action, message, category, module, line in reversed(request["filters"]):
                    warnings.filterwarnings(action, message, category, module, line)
            yield

    def _update(self, updates: list[tuple]) -> None:
        """Bring names up to date with what the test did to them: ("delete", name), ("bind", name, value), ("contents", name, value)."""
        for what, name, *rest in updates:
            if what == "delete":
                self.namespace.pop(name, None)
                self._shared.pop(name, None)
            elif what == "bind":
                self.namespace[name] = rest[0]
                self._share(name, rest[0])
            elif name in self._shared:
                wire.replace_contents(self._shared[name][0], rest[0])
                self._share(name, self._shared[name][0])

    def _share(self, name: str, value: object) -> None:
        self._shared[name] = value, [(part, wire.Snapshot(part)) for part in wire.changeable([value])]

    def _changes_of_shared(self, encoder: wire.Encoder) -> list:
        """What has become of the names that the trusted side holds."""
        changes: list = []
        for name, (value, parts) in list(self._shared.items()):
            if name not in self.namespace:
                changes.append([name, "deleted"])
                del self._shared[name]
            elif self.namespace[name] is not value:
                value = self.namespace[name]
                changes.append([name, "bound", encoder.add(value)])
                self._share(name, value)
            elif any(snapshot.differs(part) for part, snapshot in parts):
                changes.append([name, "changed", encoder.add_contents(value)])
                self._share(name, value)
        return changes

    # what can be asked; each `_do_` is one kind of request

    def _do_fetch(self, *names: str) -> dict[str, object]:
        found = {name: self.namespace[name] for name in names if name in self.namespace}
        for name, value in found.items():
            self._share(name, value)
        return found

    def _do_call(self, function: Callable, /, *arguments: Any, **keywords: Any) -> Any:
        return function(*arguments, **keywords)

    def _do_get(self, value: object, name: str) -> Any:
        return getattr(value, name)

    def _do_set(self, value: object, name: str, new: Any) -> None:
        setattr(value, name, new)

    def _do_delete(self, value: object, name: str) -> None:
        delattr(value, name)

    def _do_special(self, name: str, *arguments: Any) -> Any:
        return _SPECIAL[name](*arguments)

    def _do_instance(self, value: object, kind: type) -> bool:
        return isinstance(value, kind)

    def _do_subclass(self, kind: type, parent: type) -> bool:
        return issubclass(kind, parent)

    def _do_signature(self, value: Callable) -> list:
        parameters = inspect.signature(value).parameters.values()
        return [[p.name, int(p.kind), p.default is not p.empty, None if p.default is p.empty else p.default] for p in parameters]

    def _do_read(self, path: str) -> bytes:
        """The content of a regular file of the working folder."""
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with open(descriptor, "rb") as file:
            about = os.fstat(descriptor)
            if not stat.S_ISREG(about.st_mode) or about.st_size > MAX_FILE or not Path(path).resolve().is_relative_to(Path.cwd().resolve()):
                raise FileNotFoundError(path)
            return file.read(MAX_FILE)

    # descriptions

    def describe(self, value: object) -> dict:
        """The description of an object that stays here."""
        key: Any = id(value)
        if type(value) is types.MethodType:  # a new object at each look-up, but the same method
            key = (id(value.__self__), id(value.__func__))
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.objects)
            self.objects.append(value)
        kind = type(value)
        about: dict[str, Any] = {"number": number, "type": str(kind.__name__)[:100]}
        about["methods"] = [name for name in SPECIAL_METHODS if _defines(kind, name)]
        about["bases"] = _bases(kind)
        if isinstance(value, type):
            about["class"] = str(value.__name__)[:100]
            if issubclass(value, Exception):
                about["exception"] = _bases(value)
                about["parents"] = [self.describe(base) for base in value.__bases__ if issubclass(base, Exception) and references.refer(base) is None]
        return about

    def _describe_error(self, error: BaseException) -> tuple[dict, list]:
        kind = type(error)
        about: dict[str, Any] = {"name": str(kind.__name__)[:100], "bases": _bases(kind)}
        about["ordinary"] = isinstance(error, Exception)
        about["args"] = [_scalar(argument) for argument in getattr(error, "args", ())[:10]]
        if references.refer(kind) is None:
            about["class"] = self.describe(kind)
            about["value"] = self.describe(error)
        try:
            frames = traceback.extract_tb(error.__traceback__)
            ours = sum(1 for frame in frames if frame.filename == __file__)
            text = "".join(traceback.format_exception(kind, error, error.__traceback__)) if not ours else _without_ours(error, frames)
        except Exception:
            text = "(its traceback can not be shown)"
        about["traceback"] = text[-_TEXT_OF_TRACEBACK:]
        return about, []


def _without_ours(error: BaseException, frames: traceback.StackSummary) -> str:
    kept = [frame for frame in frames if frame.filename != __file__]
    lines = ["Traceback (most recent call last):\n", *traceback.format_list(kept)] if kept else []
    return "".join([*lines, *traceback.format_exception_only(type(error), error)])


def _defines(kind: type, method: str) -> bool:
    """Whether objects of a class have a special method; the class's own class (which makes it callable) does not count."""
    return next((vars(base)[method] for base in kind.__mro__ if method in vars(base)), None) is not None


def _bases(kind: type) -> list[list[str]]:
    """The classes of libraries that a class is made of, nearest first, by (module, name)."""
    found = []
    for base in kind.__mro__:
        reference = references.refer(base)
        if reference is not None and base is not object:
            found.append(list(reference))
    return found[:20]


def _scalar(value: object) -> Any:
    if type(value) in (bool, type(None)) or (type(value) is int and value in wire._INT64) or type(value) is float:
        return value
    try:
        return str(value)[:2000]
    except Exception:
        return f"({type(value).__name__})"


def _contains(value: Any, item: Any) -> bool:
    return item in value


def _dir(value: object) -> list[str]:
    return [str(name) for name in builtins.dir(value)]


_SPECIAL: dict[str, Callable] = {
    "__len__": len,
    "__getitem__": operator.getitem,
    "__setitem__": operator.setitem,
    "__delitem__": operator.delitem,
    "__iter__": iter,
    "__next__": next,
    "__contains__": _contains,
    "__enter__": lambda value: type(value).__enter__(value),
    "__exit__": lambda value, *error: type(value).__exit__(value, *error),
    "__bool__": bool,
    "__int__": int,
    "__float__": float,
    "__complex__": complex,
    "__index__": operator.index,
    "__str__": str,
    "__repr__": repr,
    "__format__": format,
    "__array__": lambda value, *arguments: type(value).__array__(value, *arguments),
    "__dir__": _dir,
}
