"""The trusted side: it gives a test the student's names, as data where they are data and as proxies where they are not.

A proxy's calls and look-ups happen in the student's process; only what `wire` lets through comes back.
"""

import ast
import builtins
import dis
import importlib
import inspect
import io
import itertools
import os
import pickle
import random
import re
import secrets
import sys
import time
import types
import warnings
import weakref
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.examiner import agent, references, wire
from autograder.examiner.wire import WireError

DATA_FILES = frozenset({".csv", ".tsv", ".txt", ".json", ".md", ".html", ".npy", ".npz", ".png", ".jpg", ".svg", ".parquet"})
_LOOKS_BEHIND = frozenset({"globals", "vars", "locals", "eval", "exec", "dir"})
_READABLE = frozenset(
    [
        "__name__",
        "__qualname__",
        "__module__",
        "__doc__",
        "__dict__",
        "__annotations__",
        "__code__",
        "__defaults__",
        "__kwdefaults__",
        "__wrapped__",
        "__func__",
        "__self__",
        "__bases__",
    ]
)
_COMPARISONS = {"__eq__": "==", "__ne__": "!=", "__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}
_MISSING = object()


class CannotExamine(Exception):
    """A test asks something of a student's object that can not be found out from outside the student's kernel."""


def attach(fd: int, namespace: dict[str, Any]) -> None:
    """Take the trusted end of the channel.

    Args:
        fd: a connected stream socket; it is ours from now on.
        namespace: where cells run.
    """
    global _examiner
    _examiner = _Examiner(fd, namespace)


def begin(source: str, fresh: list[str], *, token: str = "", timeout: float = 60) -> None:
    """Make ready for a cell: fetch what it uses of the student's names.

    Args:
        source: the cell, as it stands in the notebook.
        fresh: the names that the student has had to bind since the last call.
        token: of this turn, the same as the agent's.
        timeout: seconds until which the student's kernel has to have answered everything that the cell asks.

    Raises:
        WireError: no reply, or a malformed one.
    """
    _the_examiner().begin(source, fresh, token=token, timeout=timeout)


def end() -> None:
    """Finish a cell: bring the student's names up to date and let the agent go.

    Raises:
        WireError: a reply was malformed or missing while the cell ran. The cell proves nothing then, whatever it made of that.
    """
    _the_examiner().end()


_examiner: "_Examiner | None" = None


def _the_examiner() -> "_Examiner":
    if _examiner is None:
        raise RuntimeError("There is no channel to the student's kernel: call attach() first.")
    return _examiner


# Proxies ---------------------------------------------------------------------------------------------------------------


class Remote:
    """An object that stays in the student's process."""

    __slots__ = ("__weakref__", "_remote")

    def __getattr__(self, name: str) -> Any:
        if (name.startswith("__") and name.endswith("__") and name not in _READABLE) or name.startswith(("_repr_", "_ipython_")):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return _ask("get", self, name)

    def __setattr__(self, name: str, value: object) -> None:
        _ask("set", self, name, value)

    def __delattr__(self, name: str) -> None:
        _ask("delete", self, name)

    @property
    def __class__(self) -> type:
        """The class of a library that the student's object is made of, so that `isinstance` says what it says in the student's notebook."""
        about = _about(self)
        for module, name in about.bases:
            found = references.resolve(module, name, load=False)
            # A student's own kind of list or number is none: its methods are his. What is exactly a list has crossed as one.
            if isinstance(found, type) and (module != "builtins" or issubclass(found, BaseException)):
                return found
        return types.FunctionType if about.kind == "function" else type(self)

    @property
    def __doc__(self) -> Any:
        return _ask("get", self, "__doc__")

    @property
    def __dict__(self) -> Any:
        return _ask("get", self, "__dict__")

    @property
    def __signature__(self) -> inspect.Signature:
        if "__call__" not in _about(self).methods:
            raise AttributeError("__signature__")
        try:
            parameters = [
                inspect.Parameter(name, inspect._ParameterKind(kind), default=default if given is True else inspect.Parameter.empty)
                for name, kind, given, default in _ask("signature", self)
            ]
            return inspect.Signature(parameters)
        except (TypeError, ValueError) as error:
            raise AttributeError(f"no signature: {error}") from None

    def __instancecheck__(self, value: object) -> bool:
        if _about(self).class_name is None:
            raise TypeError("isinstance() arg 2 must be a type, a tuple of types, or a union")
        return _the_examiner().number_of(value) is not None and _ask("instance", value, self) is True

    def __subclasscheck__(self, kind: object) -> bool:
        return _the_examiner().number_of(kind) is not None and _ask("subclass", kind, self) is True

    def __mro_entries__(self, bases: tuple) -> tuple:
        raise CannotExamine(
            f"A test can not derive a class from the student's class {_about(self).class_name}: it exists in the student's kernel only.{_CURE}"
        )

    def __repr__(self) -> str:
        return _text(_ask("special", "__repr__", self))

    def __str__(self) -> str:
        return _text(_ask("special", "__str__", self))

    def __format__(self, how: str) -> str:
        return _text(_ask("special", "__format__", self, how))

    def __dir__(self) -> list[str]:
        return _ask("special", "__dir__", self)

    def __copy__(self) -> Any:
        raise CannotExamine(f"A test can not copy the student's {_about(self).kind}.{_CURE}")

    def __deepcopy__(self, memo: dict) -> Any:
        return self.__copy__()

    def __reduce_ex__(self, protocol: int) -> Any:
        raise CannotExamine(f"A test can not pickle the student's {_about(self).kind}.{_CURE}")

    def __eq__(self, other: object) -> bool:
        raise _cannot_compare(self, "==")

    def __ne__(self, other: object) -> bool:
        raise _cannot_compare(self, "!=")

    __hash__ = object.__hash__


_CURE = " Where the task asks for such a thing, the instructor may let this cell run in the student's kernel: tag it `examine-inside`."
_MOST_HELD = 100_000
_LIBRARIES = {"numpy", "pandas", "scipy", "sklearn", "keras", "tensorflow"}


@dataclass(frozen=True)
class _About:
    """What a student's object says of itself."""

    number: int
    kind: str
    methods: frozenset[str]
    bases: list[list[str]]
    class_name: str | None


def _about(proxy: Remote) -> _About:
    return object.__getattribute__(proxy, "_remote")


def _is_proxy(value: object) -> bool:
    return issubclass(type(value), Remote)


def _ask(what: str, *arguments: Any, **keywords: Any) -> Any:
    return _the_examiner().request(what, arguments, keywords)


def _text(value: object) -> str:
    if type(value) is not str:
        raise WireError("The student's kernel gave no text for an object's text.")
    return value


def _cannot_compare(proxy: Remote, sign: str) -> CannotExamine:
    return CannotExamine(
        f"The operator `{sign}` of the student's own {_about(proxy).kind} can not be examined from outside the student's kernel "
        f"(that holds for a comparison with None too: write `is None`).{_CURE}"
    )


def _special(name: str) -> Callable:
    def method(self: Remote, *arguments: Any) -> Any:
        return _ask("special", name, self, *arguments)

    method.__name__ = name
    return method


def _operator(name: str) -> Callable:
    def method(self: Remote, *arguments: Any) -> Any:
        if name in _COMPARISONS:
            raise _cannot_compare(self, _COMPARISONS[name])
        raise CannotExamine(
            f"The operator {name} of the student's own {_about(self).kind} can not be examined from outside the student's kernel.{_CURE}"
        )

    method.__name__ = name
    return method


def _call(self: Remote, /, *arguments: Any, **keywords: Any) -> Any:
    return _ask("call", self, *arguments, **keywords)


def _number_of(kinds: tuple[type, ...], name: str) -> Callable:
    def method(self: Remote, *arguments: Any) -> Any:
        value = _ask("special", name, self, *arguments)
        if type(value) not in kinds:
            raise TypeError(f"{name} of the student's {_about(self).kind} returned a {type(value).__name__}")
        return value

    method.__name__ = name
    return method


def _contains(self: Remote, item: Any) -> bool:
    """`in` is decided here, among what the object says it holds: its own `__contains__` could say anything."""
    if "__iter__" not in _about(self).methods:
        raise CannotExamine(
            f"The operator `in` of the student's own {_about(self).kind} can not be examined from outside the student's kernel.{_CURE}"
        )
    return any(held is item or (not _is_proxy(held) and held == item) for held in itertools.islice(iter(self), _MOST_HELD))


def _length(self: Remote) -> int:
    """The number of things that an object holds; a table of a library, whose rows are not what it iterates over, is asked."""
    if "__iter__" in _about(self).methods and not any(module.split(".")[0] in _LIBRARIES for module, _ in _about(self).bases):
        return sum(1 for _ in itertools.islice(iter(self), _MOST_HELD))
    return _number_of((int,), "__len__")(self)


_METHODS: dict[str, Callable] = {
    **{name: _operator(name) for name in agent.SPECIAL_METHODS},
    **{name: _special(name) for name in agent.SPECIAL_METHODS if name in agent._SPECIAL},
    "__call__": _call,
    "__len__": _length,
    "__contains__": _contains,
    "__bool__": _number_of((bool,), "__bool__"),
    "__index__": _number_of((int,), "__index__"),
    "__int__": _number_of((int,), "__int__"),
    "__float__": _number_of((float,), "__float__"),
    "__complex__": _number_of((complex,), "__complex__"),
}
_proxy_classes: dict[frozenset[str], type[Remote]] = {}


def _proxy_class(methods: frozenset[str]) -> type[Remote]:
    """The class of proxies whose objects have these special methods, so that len(), iter() and callable() fail where they should."""
    if methods not in _proxy_classes:
        base = {name: _METHODS[name] for name in methods if name in _METHODS}
        name = "RemoteCallable" if "__call__" in methods else "Remote"
        _proxy_classes[methods] = type(name, (Remote,), {"__slots__": (), "__doc__": Remote.__dict__["__doc__"], **base})
    return _proxy_classes[methods]


# The trusted end -------------------------------------------------------------------------------------------------------


@dataclass
class _Name:
    """A name that the cell shares with the student."""

    pushed: str  # what of the test's bindings the student gets: "all", "functions" or "nothing"
    value: Any = _MISSING  # what the student's side has, as far as we know
    theirs: Any = _MISSING  # what came from there last
    parts: list[tuple[object, wire.Snapshot]] = field(default_factory=list)

    def hold(self, value: Any) -> None:
        self.value = value
        self.parts = [] if value is _MISSING else [(part, wire.Snapshot(part)) for part in wire.changeable([value])]

    def receive(self, value: Any) -> None:
        self.theirs = value
        self.hold(value)

    @property
    def is_changed(self) -> bool:
        return any(snapshot.differs(part) for part, snapshot in self.parts)


@dataclass(frozen=True)
class _Shared:
    """An argument that is the student's own object: the value of this name."""

    name: str


class _Pickler(pickle.Pickler):
    """Requests are pickled: what stays on this side, or on the other, goes as a reference."""

    def __init__(self, file: io.BytesIO, examiner: "_Examiner"):
        super().__init__(file, protocol=5)
        self._examiner = examiner

    def reducer_override(self, value: Any) -> Any:
        number = self._examiner.number_of(value)
        if number is not None:
            return agent.handle, (number,)
        kind = type(value)
        if kind is _Shared:
            return agent.shared, (value.name,)
        if kind in (types.GeneratorType, map, zip, filter):
            return agent.iterator, (self._examiner.keep(value),)
        if kind is types.ModuleType:
            return importlib.import_module, (value.__name__,)
        if issubclass(kind, type):
            return (agent.defined, (value.__qualname__,)) if value.__module__ == "__main__" else NotImplemented
        if kind is types.FunctionType:
            return NotImplemented if _is_installed(value) else self._callback(value)
        if callable(value) and (kind.__module__ in ("__main__", "unittest.mock") or (kind is types.MethodType and not _is_installed(value.__func__))):
            return self._callback(value)
        return NotImplemented

    def _callback(self, function: Callable) -> tuple:
        name, document = getattr(function, "__name__", None), getattr(function, "__doc__", None)
        texts = name if type(name) is str else type(function).__name__, document if type(document) is str else None
        return agent.callback, (self._examiner.keep(function), *texts)


def _is_installed(function: Any) -> bool:
    """Whether a function is one of an imported module, found by its name: the student's process then has its own."""
    found: Any = sys.modules.get(getattr(function, "__module__", None) or "")
    if found is None or function.__module__ == "__main__":
        return False
    for part in function.__qualname__.split("."):
        found = getattr(found, part, None)
    return found is function


class _Examiner:
    """What `begin`, `end` and the proxies share: the channel, the names, and what went wrong."""

    def __init__(self, fd: int, namespace: dict[str, Any]):
        self.namespace = namespace
        self._channel = wire.Channel(fd)
        self._owned: set[str] = set()
        self._names: dict[str, _Name] = {}
        self._token = ""
        self._deadline: float | None = None
        self._timeout = 0.0
        self._broken: str | None = None  # for good
        self._failed: str | None = None  # for this cell
        self._abandoned: set[str] = set()
        self._nested = 0
        self._kept: list[Any] = []
        self._kept_numbers: dict[int, int] = {}
        self._proxies: weakref.WeakValueDictionary[int, Remote] = weakref.WeakValueDictionary()
        self._exceptions: dict[int, type[Exception]] = {}
        self._rebuilt: dict[int, tuple[object, int]] = {}
        self._brought: dict[str, bytes] = {}
        self._surroundings: tuple = ()

    # a cell

    def begin(self, source: str, fresh: list[str], *, token: str, timeout: float) -> None:
        self._owned |= set(fresh)
        self._token, self._timeout, self._deadline = token, timeout, time.monotonic() + timeout
        self._failed, self._names, self._nested = None, {}, 0
        self._surroundings = _surroundings()
        uses = _Uses(source, self.namespace)
        used = uses.needed | uses.bound
        owned = self._owned if uses.looks_behind else self._owned & used
        # A name that the cell binds before it reads it is its own variable; or a stand-in for the student's function.
        bound_first = owned & uses.bound - uses.needed
        unknown = {name for name in uses.needed - self._owned if name not in self.namespace and not hasattr(builtins, name)}
        for name in bound_first:
            self._names[name] = _Name("functions", value=self.namespace.get(name, _MISSING))
        for name in owned - bound_first | unknown:
            # What the name holds here now is not for the student: it may be older than what he made of it.
            self._names[name] = _Name("all" if name in self._owned else "nothing", value=self.namespace.get(name, _MISSING))
        self._fetch(sorted(owned - bound_first | unknown))
        self._bring_files(sorted(uses.files))

    def _fetch(self, names: list[str]) -> None:
        found = self.request("fetch", tuple(names)) if names else {}
        for name in names:
            if name in found:
                self._owned.add(name)
                self.namespace[name] = found[name]
                self._names[name].receive(found[name])
            elif name in self._owned:
                self.namespace.pop(name, None)
                self._names[name].hold(_MISSING)

    def end(self) -> None:
        try:
            if self._broken is None and self._failed is None:
                if self._updates_due():
                    self.request("fetch")
                self._channel.send({"kind": "done", "token": self._token}, deadline=self._deadline)
        except (OSError, TimeoutError) as error:
            self._failed = f"The student's kernel does not listen ({type(error).__name__})."
        finally:
            self._give_up_ownership()
            self._deadline = None
        if self._broken or self._failed:
            raise WireError(self._broken or self._failed)

    def _give_up_ownership(self) -> None:
        """A name that the test bound to something of its own is the test's, until the student is to bind it again."""
        for name, entry in self._names.items():
            value = self.namespace.get(name, _MISSING)
            if value is not _MISSING and value is not entry.theirs and self.number_of(value) is None:
                self._owned.discard(name)

    # what the student's side has to know

    def _updates_due(self) -> list[tuple]:
        """What the test did to shared names since the student's side last heard of them."""
        due: list[tuple] = []
        for name, entry in self._names.items():
            value = self.namespace.get(name, _MISSING)
            if entry.pushed == "nothing" or (entry.pushed == "functions" and not callable(value)):
                continue
            if value is not entry.value:
                due.append(("delete", name) if value is _MISSING else ("bind", name, value))
            elif entry.is_changed:
                due.append(("contents", name, value))
        return due

    def _argument(self, value: Any) -> Any:
        """An argument as it is sent. What the student's side gave under a name is his own object there, not a copy."""
        for name, entry in self._names.items():
            if entry.value is value and len(entry.parts) == 1 and entry.parts[0][0] is value and entry.pushed == "all":
                return _Shared(name)
        return value

    def _pickled(self, what: str, arguments: tuple, keywords: Mapping[str, Any]) -> bytes:
        due, surroundings = self._updates_due(), _surroundings()
        request = {
            "what": what,
            "updates": due,
            "arguments": tuple(map(self._argument, arguments)),
            "keywords": {name: self._argument(value) for name, value in keywords.items()},
            **{name: now for (name, now), (_, before) in zip(surroundings, self._surroundings, strict=True) if now != before},
        }
        payload = self._dumps(request)
        for _, name, *_ in due:
            self._names[name].hold(self.namespace.get(name, _MISSING))
        if surroundings[:2] != self._surroundings[:2]:
            self._surroundings = (*surroundings[:2], *self._surroundings[2:])
        return payload

    def _dumps(self, value: object) -> bytes:
        file = io.BytesIO()
        try:
            _Pickler(file, self).dump(value)
        except CannotExamine:
            raise
        except Exception as error:
            raise CannotExamine(f"A value of the test's can not be sent to the student's kernel: {error}.{_CURE}") from None
        return file.getvalue()

    def keep(self, value: Any) -> int:
        """The number under which the student's side may call a function, or ask a generator."""
        if id(value) not in self._kept_numbers:
            self._kept_numbers[id(value)] = len(self._kept)
            self._kept.append(value)
        return self._kept_numbers[id(value)]

    def number_of(self, value: Any) -> int | None:
        """The number of the student's object that a value of this side stands for."""
        kind = type(value)
        if issubclass(kind, Remote):
            return _about(value).number
        if id(value) in self._rebuilt:
            return self._rebuilt[id(value)][1]
        if issubclass(kind, type):
            return vars(value).get("_examined_class")
        if issubclass(kind, Exception):
            return vars(value).get("_examined_value")
        return None

    # requests

    def request(self, what: str, arguments: tuple = (), keywords: Mapping[str, Any] = types.MappingProxyType({})) -> Any:
        """Ask the student's side.

        Returns:
            Its answer, decoded.

        Raises:
            Exception: what the student's code raised, as far as its class exists here.
            WireError: no answer, or one that is malformed.
            CannotExamine: the arguments can not be sent.
        """
        if self._broken or self._failed:
            raise WireError(self._broken or self._failed)
        if self._deadline is None:
            raise CannotExamine("The student's objects can be asked only while a cell of the instructor's runs.")
        sent = wire.changeable((*arguments, *keywords.values()))
        payload = self._pickled(what, arguments, keywords)
        identity = secrets.token_hex(8)
        answered = False
        try:
            self._channel.send({"kind": "request", "id": identity, "token": self._token}, [payload], deadline=self._deadline)
            header, buffers = self._reply(identity)
            answered = True
            value, error = self._take(header, buffers, sent)
        except TimeoutError:
            self._failed = f"The student's code gave no answer within {self._timeout:g} seconds."
            raise WireError(self._failed) from None
        except (EOFError, OSError) as error:
            self._broken = "The student's kernel is gone: it died, or the student's code closed its channel."
            raise WireError(self._broken) from error
        except WireError as error:
            if not self._failed:
                self._broken = self._broken or f"The student's kernel answered what it may not: {error}"
            raise WireError(self._broken or self._failed) from error
        finally:
            if not answered:
                self._abandoned.add(identity)
                self._failed = self._failed or "The cell was interrupted while the student's code ran."
        if error is not None:
            raise error
        return value

    def _reply(self, identity: str) -> tuple[dict, list[memoryview]]:
        """The reply to a request; until it comes, the calls of the test's functions that the student's code makes."""
        while True:
            header, buffers = self._channel.receive(deadline=self._deadline)
            answers, kind = header.get("re"), header.get("kind")
            if kind == "gone":  # the driver says so, in the student's place
                if header.get("token") == self._token:
                    self._failed = "The student's kernel does not answer: it died, or its code has changed how cells run."
                    raise WireError(self._failed)
                continue
            if type(answers) is not str or type(kind) is not str:
                raise WireError("A reply has no number.")
            if answers in self._abandoned:
                continue  # too late: from a cell that was broken off
            if answers != identity:
                raise WireError("A reply came to a question that was not asked.")
            _write(header.get("printed"))
            if kind == "reply":
                return header, buffers
            if kind != "callback":
                raise WireError("A reply is of no known kind.")
            self._answer_callback(header, buffers)

    def _decoder(self, buffers: list[memoryview], sent: list[object]) -> wire.Decoder:
        return wire.Decoder(buffers, remote=self._remote, rebuilt=self._note_rebuilt, known=sent)

    def _take(self, header: dict, buffers: list[memoryview], sent: list[object]) -> tuple[Any, Exception | None]:
        """The answer that a reply holds, or the error; what the student's code changed is changed here too."""
        decoder = self._decoder(buffers, sent)
        if "unsendable" in header:
            return None, CannotExamine(f"A value of the test's can not be read in the student's kernel: {str(header['unsendable'])[:500]}.{_CURE}")
        try:
            error = self._error(header["error"]) if "error" in header else None
            value = None if error is not None else decoder.value(header["value"])
            changed = [(sent[_natural(number)], decoder.value(node)) for number, node in header.get("changed", [])]
            names = [(self._names[name], name, what, *map(decoder.value, nodes)) for name, what, *nodes in header.get("names", [])]
        except (KeyError, IndexError, TypeError, ValueError, AttributeError) as wrong:
            raise WireError(f"A reply is malformed ({type(wrong).__name__}).") from wrong
        for target, new in changed:
            if type(new) is not type(target):
                raise WireError("A reply turns an argument into another thing.")
            if not wire.replace_contents(target, new):
                error = CannotExamine(
                    f"The student's code changed a {type(target).__name__} that it was given in a way that can not be repeated here.{_CURE}"
                )
        for entry, name, what, *new in names:
            self._renew(entry, name, what, *new)
        return value, error

    def _renew(self, entry: _Name, name: str, what: str, new: Any = _MISSING) -> None:
        """A shared name of the student's changed while his code ran."""
        if entry.pushed == "functions":
            return
        if what == "deleted":
            self.namespace.pop(name, None)
            entry.hold(_MISSING)
        elif what == "changed" and wire.replace_contents(entry.value, new):
            entry.hold(entry.value)
        else:
            self.namespace[name] = new
            entry.receive(new)

    def _answer_callback(self, header: dict, buffers: list[memoryview]) -> None:
        """Call a function of the test's for the student's code."""
        decoder = self._decoder(buffers, [])
        self._nested += 1
        try:
            function, (first, second) = self._kept[_natural(header["number"])], header["value"]
            what, identity = header["what"], header["id"]
            arguments, keywords = decoder.value(first), decoder.value(second)
            if (
                type(identity) is not str
                or type(arguments) is not tuple
                or type(keywords) is not dict
                or not all(type(name) is str for name in keywords)
            ):
                raise ValueError
        except (KeyError, IndexError, TypeError, ValueError) as wrong:
            raise WireError(f"A call of the test's function is malformed ({type(wrong).__name__}).") from wrong
        if self._nested > _MAX_NESTED:
            raise WireError("The student's code and the test's function call each other without end.")
        outcome: tuple
        try:
            outcome = True, (_next(function) if what == "next" else function(*arguments, **keywords))
        except WireError:
            raise
        except Exception as error:
            outcome = False, error
        try:
            payload = self._dumps(outcome)
        except CannotExamine as error:
            payload = self._dumps((False, TypeError(str(error))))
        self._nested -= 1
        self._channel.send({"kind": "result", "re": identity}, [payload], deadline=self._deadline)

    # what comes back

    def _remote(self, description: dict) -> Any:
        """The proxy of an object of the student's; the same one each time."""
        number = _natural(description["number"])
        if "exception" in description:
            return self._exception_class(description)
        proxy = self._proxies.get(number)
        if proxy is None:
            methods, bases = frozenset(description["methods"]), description["bases"]
            kind, class_name = description["type"], description.get("class")
            if not all(type(text) is str for text in (kind, class_name or "")) or not all(len(base) == 2 for base in bases):
                raise WireError("The description of an object is malformed.")
            proxy = object.__new__(_proxy_class(methods.intersection(_METHODS)))
            object.__setattr__(proxy, "_remote", _About(number, kind, methods, bases, class_name))
            self._proxies[number] = proxy
        return proxy

    def _note_rebuilt(self, value: object, description: dict) -> None:
        self._rebuilt[id(value)] = value, _natural(description["number"])

    def _exception_class(self, description: dict, depth: int = 0) -> type[Exception]:
        """A class for an exception class of the student's own, so that `except` finds it by its own name and by its bases'."""
        number, name = _natural(description["number"]), description["class"]
        if number not in self._exceptions:
            if depth > 20:
                raise WireError("An exception class is derived too often.")
            parents = [self._exception_class(parent, depth + 1) for parent in description["parents"]]
            bases = tuple(dict.fromkeys([*parents, *_nearest(_exceptions_named(description["exception"]))])) or (Exception,)
            content = {"_examined_class": number, "__getattr__": _of_students_error, "__module__": "__main__"}
            name = name if type(name) is str and re.fullmatch(r"[A-Za-z_]\w{0,60}", name) else "StudentsError"
            try:
                self._exceptions[number] = type(name, bases, content)
            except TypeError:  # bases of different layouts
                self._exceptions[number] = type(name, bases[:1], content)
        return self._exceptions[number]

    def _error(self, about: dict) -> Exception:
        name, arguments = about["name"], about["args"]
        if type(name) is not str or not all(type(argument) in (type(None), bool, int, float, str) for argument in arguments):
            raise WireError("An error is malformed.")
        if about["ordinary"] is not True:
            error: Exception = RuntimeError(f"The student's code ended with {name}, which would have stopped a kernel.")
        else:
            kind = self._exception_class(about["class"]) if "class" in about else next(iter(_exceptions_named(about["bases"])), Exception)
            try:
                error = kind.__new__(kind, *arguments)
                error.args = tuple(arguments)
            except TypeError:
                error = RuntimeError(f"{name}: {arguments}")
            if "value" in about and vars(type(error)).get("_examined_class") is not None:
                error._examined_value = _natural(about["value"]["number"])
        error.add_note(f"In the student's kernel:\n{str(about['traceback'])[:8192]}")
        return error

    # files

    def _bring_files(self, paths: list[str]) -> None:
        """Bring over plain data files that the cell names and the student's cells wrote."""
        for text in paths:
            path = Path(text)
            mine = text in self._brought and path.is_file() and not path.is_symlink() and path.read_bytes() == self._brought[text]
            if not mine and os.path.lexists(path):
                continue
            if not path.parent.resolve().is_relative_to(Path.cwd().resolve()):
                continue
            try:
                content = self.request("read", (text,))
            except WireError:
                raise
            except Exception:
                continue  # there is no such file: then the cell says so, as in the student's notebook
            if type(content) is bytes and len(content) <= agent.MAX_FILE:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.unlink(missing_ok=True)
                with open(path, "xb") as file:
                    file.write(content)
                self._brought[text] = content


_MAX_NESTED = 40


def _natural(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise WireError("A reply has a number that is none.")
    return value


def _next(iterator: Iterator) -> tuple:
    try:
        return True, next(iterator)
    except StopIteration:
        return False, None


def _of_students_error(error: Exception, name: str) -> Any:
    if name.startswith("_") or "_examined_value" not in vars(error):
        raise AttributeError(name)
    return _ask("get", error, name)


def _exceptions_named(references_: list) -> list[type[Exception]]:
    found = [references.resolve(module, name, load=False) for module, name in references_]
    return [kind for kind in found if isinstance(kind, type) and issubclass(kind, Exception)]


def _nearest(kinds: list[type]) -> list[type]:
    """These classes without the bases of others among them."""
    return [kind for kind in kinds if not any(other is not kind and issubclass(other, kind) for other in kinds)]


def _write(printed: Any) -> None:
    """Show what the student's code printed, as if it had printed here."""
    if type(printed) is not list:
        raise WireError("A reply is malformed.")
    for piece in printed:
        if type(piece) is not list or len(piece) != 2 or type(piece[1]) is not str or piece[0] not in (0, 1):
            raise WireError("A reply is malformed.")
        (sys.stderr if piece[0] else sys.stdout).write(piece[1])


def _surroundings() -> tuple:
    """The settings of a test that hold for the student's code too: seeds, NumPy's handling of errors, filters of warnings."""
    numpy = sys.modules.get("numpy")
    seed = errors = None
    if numpy is not None:
        errors, state = numpy.geterr(), numpy.random.get_state(legacy=False)
        if state["bit_generator"] == "MT19937":
            seed = state["state"]["key"].tobytes(), state["state"]["pos"], state["has_gauss"], state["gauss"]
    filters = [(action, _pattern(message), category, _pattern(module), line) for action, message, category, module, line in warnings.filters]
    return ("random", random.getstate()), ("numpy_random", seed), ("numpy_errors", errors), ("filters", filters)


def _pattern(text: Any) -> str:
    if text is None:
        return ""
    return re.escape(text) + r"\Z" if isinstance(text, str) else text.pattern


class _Uses:
    """The names and data files that a cell uses, also through the functions that the instructor's cells defined.

    Attributes:
        needed: names that are read (or deleted) before the cell binds them.
        bound: names that the cell binds.
        files: relative paths of data files that its text names.
        looks_behind: whether it may use any name, for it calls `globals()`, `eval()` or the like.
    """

    def __init__(self, source: str, namespace: dict[str, Any]):
        self.needed: set[str] = set()
        self.bound: set[str] = set()
        self.files: set[str] = set()
        self._namespace = namespace
        self._seen: set[types.CodeType] = set()
        self._deferred: list[types.CodeType] = []
        try:
            self._top(compile(_transformed(source), "<cell>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True))
        except (SyntaxError, ValueError):
            return  # the cell says so itself when it runs
        while self._deferred:
            self._inner(self._deferred.pop())

    @property
    def looks_behind(self) -> bool:
        return bool(self.needed & _LOOKS_BEHIND)

    def _need(self, name: str) -> None:
        if name not in self.needed:
            self.needed.add(name)
            self._follow(self._namespace.get(name))

    def _top(self, code: types.CodeType) -> None:
        self._constants(code)
        for instruction in dis.get_instructions(code):
            if instruction.opname in _STORES:
                self.bound.add(instruction.argval)
            elif instruction.opname in _READS and instruction.argval not in self.bound:
                self._need(instruction.argval)
        if "get_ipython" in self.needed:  # a magic: its code is text
            for constant in code.co_consts:
                if isinstance(constant, str):
                    for name in re.findall(r"[^\W\d]\w*", constant):
                        self._need(name)

    def _inner(self, code: types.CodeType) -> None:
        """Code that runs when it is called; or a class, whose own names are no globals."""
        self._constants(code)
        is_class = not code.co_flags & inspect.CO_OPTIMIZED
        own = {i.argval for i in dis.get_instructions(code) if i.opname == "STORE_NAME"} if is_class else set()
        for instruction in dis.get_instructions(code):
            if instruction.opname == "STORE_GLOBAL":
                self.bound.add(instruction.argval)
            elif instruction.opname in _READS and instruction.argval not in self.bound | own:
                self._need(instruction.argval)

    def _constants(self, code: types.CodeType) -> None:
        self._seen.add(code)
        pending = list(code.co_consts)
        while pending:
            constant = pending.pop()
            if isinstance(constant, tuple | frozenset):
                pending += constant
            elif isinstance(constant, types.CodeType):
                self._defer(constant)
            elif isinstance(constant, str) and _is_data_file(constant):
                self.files.add(constant)

    def _defer(self, code: types.CodeType) -> None:
        if code not in self._seen:
            self._seen.add(code)
            self._deferred.append(code)

    def _follow(self, value: Any) -> None:
        """Look into a function or class that a cell of the instructor's defined."""
        kind = type(value)
        if kind is types.FunctionType:
            if value.__globals__ is self._namespace or value.__module__ == "__main__":
                self._defer(value.__code__)
            self._follow(vars(value).get("__wrapped__"))
        elif issubclass(kind, type) and value.__module__ == "__main__":
            for member in vars(value).values():
                self._follow(member)
        elif kind in (staticmethod, classmethod):
            self._follow(value.__func__)
        elif kind is property:
            self._follow(value.fget)


_STORES = frozenset({"STORE_NAME", "STORE_GLOBAL"})
_READS = frozenset({"LOAD_NAME", "LOAD_GLOBAL", "LOAD_FROM_DICT_OR_GLOBALS", "DELETE_NAME", "DELETE_GLOBAL"})


def _transformed(source: str) -> str:
    """The cell as Python: magics and shell lines become calls."""
    from IPython.core.inputtransformer2 import TransformerManager

    return TransformerManager().transform_cell(source)


def _is_data_file(text: str) -> bool:
    path = Path(text) if len(text) < 200 and "\0" not in text and "\n" not in text else Path("/")
    return path.suffix.lower() in DATA_FILES and not path.is_absolute() and ".." not in path.parts
