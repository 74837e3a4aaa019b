"""Checks that generated modules hold what was promised of them, and nothing else.

This knows nothing of how text is escaped or of what templates look like: it reads the
syntax tree of what came out. A value that got out of its literal is no longer a value
that was made a literal, and what it became is a name, a call or a statement that nobody
has promised. What is found is a fault of ours.
"""

from __future__ import annotations

import ast
import builtins
import math
import re
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any, NoReturn

from .promise import Promise

_ENCODING = re.compile(r"coding[:=]")
"""What makes a comment in the first line say how a module is encoded (PEP 263)."""

_BUILTINS = frozenset(dir(builtins))

_STANDARD: Mapping[str | None, frozenset[str]] = {
    "__future__": frozenset(["annotations"]),
    "collections.abc": frozenset(["Callable", "Iterable", "Mapping"]),
    "dataclasses": frozenset(["dataclass", "field"]),
    "decimal": frozenset(["Decimal"]),
    "functools": frozenset(["cache"]),
    "typing": frozenset(
        ["Any", "ClassVar", "Literal", "TYPE_CHECKING", "TypeAlias", "get_args"]
    ),
    "uuid": frozenset(["UUID"]),
}
"""What is imported of the standard library, besides "import datetime as dt"."""


class BrokenPromise(Exception):
    """A module holds what nobody promised; nothing of it may be written.

    Args:
        path: The file that the text is meant for.
        text: The module.
        line: Where in it.
        what: What stands there.
    """

    def __init__(self, path: str, text: str, line: int, what: str) -> None:
        super().__init__(path, text, line, what)
        self.path = path
        self.text = text
        self.line = line
        self.what = what

    def __str__(self) -> str:
        return f"{self.path}:{self.line} holds what was not promised: {self.what}"


def check_modules(texts: Mapping[str, str], promise: Promise) -> None:
    """Check modules, given by their paths in the package.

    Raises:
        BrokenPromise: One of them holds something else.
    """
    for path, text in texts.items():
        _Reader(path, text, promise).read()


class _Reader:
    """Reads one module."""

    def __init__(self, path: str, text: str, promise: Promise) -> None:
        self._path = path
        self._text = text
        self._promise = promise
        self._line = 1
        self._bound: frozenset[str] | None = None
        self._parameters: list[str] = []
        self._hashes = 0
        """The number signs in strings; another one begins a comment."""

        self._readers: Mapping[type[ast.expr], Callable[[Any], None]] = {
            ast.Attribute: self._read_attribute,
            ast.Await: self._read_inner,
            ast.BinOp: self._read_binary,
            ast.Call: self._read_call,
            ast.Constant: self._read_constant,
            ast.Dict: self._read_dict,
            ast.Lambda: self._read_lambda,
            ast.List: self._read_sequence,
            ast.Name: self._read_name,
            ast.Starred: self._read_inner,
            ast.Subscript: self._read_subscript,
            ast.Tuple: self._read_sequence,
            ast.UnaryOp: self._read_minus,
        }

    def read(self) -> None:
        first, _, rest = self._text.partition("\n")
        says_more = _ENCODING.search(first) or not first.isprintable()
        if first != self._promise.header or says_more:
            self._refuse("another first line than the header")
        try:
            self._tree = ast.parse(self._text)
        except (SyntaxError, ValueError, RecursionError) as error:
            self._refuse(f"no Python: {error}")
        for statement in self._tree.body:
            self._read_statement(statement)
        for comment in self._promise.comments:
            rest = rest.replace(f"  {comment}\n", "\n", 1)
        if rest.count("#") != self._hashes:
            self._refuse("a comment")

    def _refuse(self, what: str) -> NoReturn:
        raise BrokenPromise(self._path, self._text, self._line, what)

    def _read_statement(self, node: ast.stmt) -> None:
        self._line = node.lineno
        match node:
            case ast.ImportFrom():
                self._read_import(node)
            case ast.Expr(ast.Constant(str(text))):
                self._hashes += text.count("#")
            case ast.Expr(value) | ast.Return(value):
                if value is None:
                    self._refuse("a bare return")
                self._read(value)
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._read_target(target)
                self._read(value)
            case ast.AnnAssign(target=target, annotation=annotation, value=value):
                self._read_target(target)
                self._read(annotation)
                if value is not None:
                    self._read(value)
                    self._read_reference(annotation, value)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._read_function(node)
            case ast.ClassDef(name=name, bases=bases, keywords=[], body=body):
                self._check_name(name)
                self._read_block([*bases, *node.decorator_list], body)
            case ast.If(test=ast.Name("TYPE_CHECKING"), body=body, orelse=orelse):
                self._read_block([], [*body, *orelse])
            case ast.Import(names=[ast.alias("datetime", "dt")]) | ast.Pass():
                pass
            case _:
                self._refuse(f"a statement, {type(node).__name__}")

    def _read_block(
        self, expressions: Iterable[ast.expr], body: Iterable[ast.stmt]
    ) -> None:
        for expression in expressions:
            self._read(expression)
        for statement in body:
            self._read_statement(statement)

    def _read_import(self, node: ast.ImportFrom) -> None:
        if not node.level:
            known = _STANDARD.get(node.module, frozenset())
            if any(each.name not in known or each.asname for each in node.names):
                self._refuse(f"an import from {node.module!r}")
            return
        outside = node.level - self._path.count("/") - 1
        if outside > 0 and not self._is_runtime(outside, node.module or ""):
            self._refuse("an import from outside of the package")
        for part in node.module.split(".") if node.module else ():
            self._check_name(part)
        for each in node.names:
            if each.asname is not None:
                self._refuse(f"an import under another name, {each.asname!r}")
            self._check_name(each.name)

    def _is_runtime(self, levels: int, module: str) -> bool:
        """Whether a module so far above the package's root is one of the runtime."""
        place = self._promise.runtime
        return levels == place.levels and f"{module}.".startswith(f"{place.module}.")

    def _read_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._check_name(node.name)
        given = node.args
        if given.vararg or given.kwarg or given.posonlyargs:
            self._refuse("parameters without a name of their own")
        parameters = [*given.args, *given.kwonlyargs]
        outer, self._parameters = self._parameters, [each.arg for each in parameters]
        for each in parameters:
            self._check_name(each.arg)
            if each.annotation is not None:
                self._read(each.annotation)
        defaults = filter(
            None, chain(given.defaults, given.kw_defaults, [node.returns])
        )
        self._read_block([*node.decorator_list, *defaults], node.body)
        self._parameters = outer

    def _read_target(self, node: ast.expr) -> None:
        match node:
            case ast.Name(name):
                self._check_name(name)
            case ast.Attribute(value=ast.Name("self"), attr=name):
                self._check_name(name)
            case ast.Tuple(elts=[ast.Name("__getattr__"), ast.Name("__dir__")]):
                pass
            case _:
                self._refuse(f"an assignment to {ast.unparse(node)!r}")

    def _read(self, node: ast.expr) -> None:
        reader = self._readers.get(type(node))
        if reader is None:
            self._refuse(f"an expression, {type(node).__name__}")
        reader(node)

    def _read_each(self, nodes: Iterable[ast.expr | None]) -> None:
        for node in nodes:
            if node is None:
                self._refuse("a dict in a dict")
            self._read(node)

    def _read_name(self, node: ast.Name) -> None:
        name = node.id
        if name in self._promise.own:
            return
        self._check_name(name)
        if name in _BUILTINS and name not in self._parameters:
            if self._bound is None:
                self._bound = _bound_in(self._tree.body)
            if name not in self._bound:
                self._refuse(f"the builtin {name!r}")

    def _read_attribute(self, node: ast.Attribute) -> None:
        self._check_name(node.attr)
        if not isinstance(node.value, ast.Name):
            self._refuse("an attribute of an expression")
        self._read_name(node.value)

    def _read_call(self, node: ast.Call) -> None:
        match node.func:
            case ast.Name(name):
                self._read_name(node.func)
            case ast.Attribute(
                value=ast.Call(func=ast.Name("super"), args=[]), attr=name
            ):
                pass
            case ast.Attribute(attr=name):
                self._read_attribute(node.func)
            case ast.Call(func=ast.Name("_decoder" as name), args=[], keywords=[]):
                pass
            case _:
                self._refuse("a call of an expression")
        if name not in self._promise.called:
            self._refuse(f"a call of {name!r}")
        self._read_each(node.args)
        for keyword in node.keywords:
            if keyword.arg not in self._promise.keywords:
                self._check_name(str(keyword.arg))
            self._read(keyword.value)

    def _read_constant(self, node: ast.Constant) -> None:
        value = node.value
        if type(value) is str:
            self._hashes += value.count("#")
            if value and value not in self._promise.values and not self._is_name(value):
                self._refuse(f"the string {value!r}")
        elif not (value is None or type(value) in (bool, int) or _is_finite(value)):
            self._refuse(f"the constant {value!r}")

    def _read_reference(self, annotation: ast.expr, value: ast.expr) -> None:
        """Read a type that is written as a string, which type checkers evaluate."""
        match annotation, value:
            case ast.Name("TypeAlias"), ast.Constant(str(text)):
                self._hashes -= text.count("#")
                try:
                    self._read(ast.parse(text, mode="eval").body)
                except SyntaxError:
                    self._refuse(f"the type {text!r}")
            case _:
                pass

    def _read_binary(self, node: ast.BinOp) -> None:
        if not isinstance(node.op, ast.BitOr):
            self._refuse("a calculation")
        self._read(node.left)
        self._read(node.right)

    def _read_minus(self, node: ast.UnaryOp) -> None:
        match node:
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(int() | float())):
                self._read(node.operand)
            case _:
                self._refuse("a calculation")

    def _read_subscript(self, node: ast.Subscript) -> None:
        if not isinstance(node.value, ast.Name):
            self._refuse("a subscript of an expression")
        self._read_name(node.value)
        self._read(node.slice)

    def _read_dict(self, node: ast.Dict) -> None:
        self._read_each(node.keys)
        self._read_each(node.values)

    def _read_sequence(self, node: ast.Tuple | ast.List) -> None:
        self._read_each(node.elts)

    def _read_inner(self, node: ast.Starred | ast.Await) -> None:
        if not isinstance(node.value, ast.Call):
            self._refuse(f"an expression, {type(node).__name__}")
        self._read_call(node.value)

    def _read_lambda(self, node: ast.Lambda) -> None:
        """Read a way into a value: "lambda page: page.a.b if page.a else None"."""
        match node.args:
            case ast.arguments(
                posonlyargs=[],
                args=[ast.arg(start)],
                vararg=None,
                kwonlyargs=[],
                kwarg=None,
                defaults=[],
            ):
                self._check_name(start)
            case _:
                self._refuse("a lambda that takes something else than a value")
        match node.body:
            case ast.IfExp(
                test=ast.BoolOp(op=ast.And(), values=asked),
                body=body,
                orelse=ast.Constant(None),
            ):
                ways = [body, *asked]
            case ast.IfExp(test=asked_of, body=body, orelse=ast.Constant(None)):
                ways = [body, asked_of]
            case body:
                ways = [body]
        for way in ways:
            self._read_way(way, start)

    def _read_way(self, node: ast.expr, start: str) -> None:
        """Read a chain of attributes that begins with the parameter of a lambda."""
        while isinstance(node, ast.Attribute):
            self._check_name(node.attr)
            node = node.value
        if not (isinstance(node, ast.Name) and node.id == start):
            self._refuse(f"{ast.unparse(node)!r} in a lambda")

    def _is_name(self, text: str) -> bool:
        """Whether it is a name, or the relative path of a module."""
        known = self._promise.names, self._promise.own
        parts = text.lstrip(".").split(".")
        return all(any(part in names for names in known) for part in parts)

    def _check_name(self, name: str) -> None:
        if name not in self._promise.names and name not in self._promise.own:
            self._refuse(f"the name {name!r}")


def _is_finite(value: object) -> bool:
    return isinstance(value, float) and math.isfinite(value)


def _bound_in(body: Iterable[ast.stmt]) -> frozenset[str]:
    """The names that a module defines or imports for all of its text."""
    bound: set[str] = set()
    for node in body:
        match node:
            case ast.ImportFrom(names=names):
                bound.update(each.name for each in names)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                bound.add(node.name)
            case ast.AnnAssign(target=ast.Name(name)):
                bound.add(name)
            case ast.If(body=inner):
                bound |= _bound_in(inner)
            case _:
                pass
    return frozenset(bound)
