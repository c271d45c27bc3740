"""Tests that believe what a student says of his own work: a history, a score, a time that the test never computes again.

The examiner makes sure that a value is the student's. It can not make sure that it is true.
"""

import ast
import builtins
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from autograder.document import Cell, Problem
from autograder.linting.source import Source, keyword, root, shown

# What a fitted object says of its own training. Nothing but that training wrote it down.
_RECORDS = re.compile(r"history|best_(score|loss|validation_score)_|cv_results_|oob_score_|loss_(curve_)?|train_score_|validation_scores?_")
_WORDS = re.compile(r"acc|accurac(y|ies)|auc|elapsed|errors?|f1|loss(es)?|mae|mse|r2|rmse|runtime|scores?|seconds")
_SCORES = re.compile(r"(^|_)(score|error|loss|accuracy|auc|mse|mae|rmse|r2|evaluate)$")
_CLOCKS = frozenset({"time.time", "time.perf_counter", "time.monotonic", "time.process_time", "timeit.timeit", "timeit.default_timer"})
_BOUNDS = ast.Lt | ast.LtE | ast.Gt | ast.GtE
_CLOSE = re.compile(r"^(assert_?)?_?(isclose|allclose|approx|almost_?equal|array_equal|equal|less|greater|less_?equal|greater_?equal)$", re.I)
_ORDER = re.compile(r"^assert_?(array_)?(less|greater)", re.I)


def reported(source: Source) -> Iterator[Problem]:
    claims = {name for name in source.owned if _is_a_claim(source, name)}
    bounded: dict[tuple[str, int], Cell] = {}
    examined: set[str] = set()
    for cell in source.tests:
        reader = _Reader(source, claims, source.before(cell, source.setup))
        reader.read(source.tree(cell).body)
        for comparison in reader.comparisons:
            if comparison.of.is_examined:
                examined |= comparison.of.claims
            else:
                found = (claim for claim in sorted(comparison.of.claims) if comparison.is_bound or claim not in claims)
                bounded |= {(claim, cell.number): cell for claim in found}
    for (claim, _), cell in bounded.items():
        if claim not in examined:
            yield source.problem(
                cell,
                f"It rests on `{claim}`, which the student only reports: any number can be written there.",
                "Compute it in the test, from the student's model or function and data of your own, and compare.",
            )


@dataclass(frozen=True)
class _Origin:
    """Where a value comes from: which claims of the student's are in it, whether an object of his is, whether the test's own data is."""

    claims: frozenset[str] = frozenset()
    is_students: bool = False
    is_examined: bool = False

    def __or__(self, other: "_Origin") -> "_Origin":
        return _Origin(self.claims | other.claims, self.is_students or other.is_students, self.is_examined or other.is_examined)


_NOTHING = _Origin()
_OWN = _Origin(is_examined=True)


@dataclass(frozen=True)
class _Comparison:
    of: _Origin
    is_bound: bool


@dataclass
class _Reader:
    """Follows values through a test, statement by statement."""

    source: Source
    claims: set[str]
    setup: list[Cell]
    names: dict[str, _Origin] = field(default_factory=dict)
    comparisons: list[_Comparison] = field(default_factory=list)

    def __post_init__(self) -> None:
        for cell in self.setup:
            for node in self.source.tree(cell).body:
                for name in _targets(node):
                    self.names[name] = _NOTHING if isinstance(getattr(node, "value", None), ast.Constant) else _OWN

    def read(self, statements: list[ast.stmt]) -> None:
        for node in statements:
            match node:
                case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)) if len(targets) == len(values):
                    for target, origin in zip(targets, [self.origin(value) for value in values], strict=True):
                        self._bind(target, origin)
                case ast.Assign(targets=targets, value=value):
                    origin = self.origin(value)
                    for target in targets:
                        self._bind(target, origin)
                case ast.AnnAssign(target=target, value=ast.expr() as value):
                    self._bind(target, self.origin(value))
                case ast.AugAssign(target=target, value=value):
                    self._bind(target, self.origin(target) | self.origin(value))
                case ast.For(target=target, iter=values):
                    self._bind(target, self.origin(values))
                    self.read([*node.body, *node.orelse])
                case ast.With(items=items):
                    for item in items:
                        origin = self.origin(item.context_expr)
                        if item.optional_vars is not None:
                            self._bind(item.optional_vars, origin)
                    self.read(node.body)
                case ast.Try():
                    self.read([*node.body, *(statement for handler in node.handlers for statement in handler.body), *node.orelse, *node.finalbody])
                case ast.FunctionDef(args=arguments):
                    inner = _Reader(self.source, self.claims, [], {**self.names}, self.comparisons)
                    inner.names |= {argument.arg: _OWN for argument in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]}
                    inner.read(node.body)
                    self.names[node.name] = _NOTHING
                case ast.If() | ast.While():
                    self.origin(node.test)
                    self.read([*node.body, *node.orelse])
                case ast.Assert(test=test):  # the message is no part of the test
                    self.origin(test)
                case _:
                    for child in ast.iter_child_nodes(node):
                        if isinstance(child, ast.expr):
                            self.origin(child)

    def _bind(self, target: ast.expr, origin: _Origin) -> None:
        for node in ast.walk(target):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                self.names[node.id] = origin

    def origin(self, node: ast.AST) -> _Origin:
        match node:
            case ast.Name(id=name):
                return self._of_name(name)
            case ast.Attribute(value=value, attr=name):
                inner = self.origin(value)
                return _Origin(frozenset({shown(node)}), is_students=True) if _RECORDS.fullmatch(name) and inner.is_students else inner
            case ast.Subscript(value=value):
                return self.origin(value)
            case ast.Call():
                return self._of_call(node)
            case ast.Compare():
                found = self._all(node)
                self.comparisons.append(_Comparison(found, any(isinstance(sign, _BOUNDS) for sign in node.ops)))
                return found
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                before = {**self.names}
                for part in node.generators:
                    self._bind(part.target, self.origin(part.iter))
                found = self._all(node)
                self.names = before
                return found
            case ast.Lambda():
                return _NOTHING
            case _:
                return self._all(node)

    def _all(self, node: ast.AST) -> _Origin:
        found = _NOTHING
        for child in ast.iter_child_nodes(node):
            if not isinstance(child, ast.comprehension):
                found |= self.origin(child)
        return found

    def _of_name(self, name: str) -> _Origin:
        if name in self.names:
            return self.names[name]
        if name in self.claims:
            return _Origin(frozenset({name}), is_students=True)
        return _Origin(is_students=True) if name in self.source.owned else _NOTHING

    def _of_call(self, node: ast.Call) -> _Origin:
        given = _NOTHING
        for argument in [*node.args, *(item.value for item in node.keywords)]:
            given |= self.origin(argument)
        if isinstance(node.func, ast.Name):
            name = node.func.id
            if name in self.source.definitions and name not in self.names:
                if node.args or node.keywords:
                    return _Origin(is_students=True, is_examined=True)
                return _Origin(frozenset({f"{name}()"} if _is_score(self.source, name) else ()), is_students=True)
            found = given if given is not _NOTHING or hasattr(builtins, name) or name in self.names or name not in self.source.imports else _OWN
        else:
            of = self.origin(node.func)
            if of.claims or not of.is_students:
                found = of | given
            else:
                found = _Origin(is_students=True, is_examined=of.is_examined or bool(node.args or node.keywords))
            if of == _NOTHING and not node.args and not node.keywords and self.source.dotted(node.func):
                found = _OWN
        name = node.func.attr if isinstance(node.func, ast.Attribute) else root(node.func) or ""
        if _CLOSE.match(name):
            self.comparisons.append(_Comparison(found, bool(_ORDER.match(name))))
        return found


def _targets(node: ast.stmt) -> Iterator[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.For | ast.AnnAssign | ast.AugAssign) else []
    for target in targets:
        yield from (part.id for part in ast.walk(target) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store))


def _is_a_claim(source: Source, name: str) -> bool:
    """Whether a name that the student binds stands for a score, a loss or a time: by its words, or by what the solution puts there."""
    return name not in source.definitions and _is_score(source, name)


def _is_score(source: Source, name: str) -> bool:
    if any(_WORDS.fullmatch(word) for word in re.split(r"[^a-z0-9]+", name.lower())):
        return True
    definition = source.definitions.get(name)
    if isinstance(definition, ast.FunctionDef):
        values = [node.value for node in ast.walk(definition) if isinstance(node, ast.Return) and node.value is not None]
        return any(_has_score(source, value, definition.body) for value in values)
    body = source.tree(source.owned[name]).body
    return any(_has_score(source, node.value, body) for node in _assignments(body, name))


def _has_score(source: Source, value: ast.AST, body: list[ast.stmt], seen: frozenset[str] = frozenset()) -> bool:
    for node in ast.walk(value):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
            lower = bool(name) and name == name.lower()  # MeanSquaredError() is an object, no score
            if (lower and _SCORES.search(name) and keyword(node, "scoring") is None) or source.dotted(node.func) in _CLOCKS:
                return True
        elif isinstance(node, ast.Attribute) and _RECORDS.fullmatch(node.attr):
            return True
        elif isinstance(node, ast.Name) and node.id not in seen and _is_number(value):
            seen |= {node.id}
            if any(_has_score(source, other.value, body, seen) for other in _assignments(body, node.id)):
                return True
    return False


def _is_number(value: ast.AST) -> bool:
    """Whether an expression may pass a number on: a fitted model that was given scores is none."""
    if isinstance(value, ast.Call):
        return root(value.func) in {"float", "round", "int", "min", "max", "np", "abs", "sum"}
    return isinstance(value, ast.Name | ast.BinOp | ast.UnaryOp | ast.Subscript | ast.Attribute)


def _assignments(body: list[ast.stmt], name: str) -> Iterator[ast.Assign | ast.AnnAssign | ast.AugAssign]:
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and node.value is not None and name in _targets(node):
                yield node
