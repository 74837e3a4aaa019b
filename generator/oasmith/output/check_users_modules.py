"""Checks modules that are made of a user's template, which may hold whatever that has.

The template is the user's own code: its statements, its names and its strings. What
else stands in the module is of the view, and has to be what was promised of that.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from typing import NoReturn

from .check_modules import BrokenPromise
from .promise import Promise, TemplateWords, words_of_template


def check_users_module(path: str, text: str, promise: Promise, template: str) -> None:
    """Check a module, given by its path in the package.

    Raises:
        BrokenPromise: It holds what is neither of the template nor of the promise.
    """
    _Reader(path, text, promise, words_of_template(template)).read()


class _Reader:
    """Reads one module, node by node: their kinds are the user's affair."""

    def __init__(
        self, path: str, text: str, promise: Promise, words: TemplateWords
    ) -> None:
        self._path = path
        self._text = text
        self._words = words
        self._called = promise.called | words.names
        self._values = promise.values
        self._known: tuple[Collection[str], ...] = (
            promise.names,
            promise.own,
            promise.keywords,
            words.names,
        )
        self._comments = (promise.header, *promise.comments, *words.comments)

    def read(self) -> None:
        try:
            tree = ast.parse(self._text)
        except (SyntaxError, ValueError, RecursionError) as error:
            self._refuse(1, f"no Python: {error}")
        docstrings = {id(node) for node in _docstrings_in(tree)}
        hashes = 0
        for node in ast.walk(tree):
            for name in _names_in(node):
                self._check_name(node, name)
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                hashes += node.value.count("#")
                if id(node) not in docstrings:
                    self._check_string(node, node.value)
        self._check_comments(hashes)

    def _refuse(self, line: int, what: str) -> NoReturn:
        raise BrokenPromise(self._path, self._text, line, what)

    def _check_name(self, node: ast.AST, name: str) -> None:
        known = self._known
        if isinstance(node, ast.Call):
            known = (self._called,)
        if not any(name in names for names in known):
            what = "a call of" if isinstance(node, ast.Call) else "the name"
            self._refuse(getattr(node, "lineno", 1), f"{what} {name!r}")

    def _check_string(self, node: ast.Constant, text: str) -> None:
        if text and text not in self._values and not self._words.has_string(text):
            parts = text.lstrip(".").split(".")
            for part in parts:
                if not any(part in names for names in self._known):
                    self._refuse(node.lineno, f"the string {text!r}")

    def _check_comments(self, hashes: int) -> None:
        rest = self._text
        for comment in sorted(self._comments, key=len, reverse=True):
            hashes += comment.count("#") * rest.count(comment)
            rest = rest.replace(comment, "")
        if self._text.count("#") > hashes:
            self._refuse(1, "a comment")


def _docstrings_in(tree: ast.Module) -> Iterator[ast.expr]:
    """The strings that do nothing, whatever they say."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(ast.Constant(str()) as text):
                yield text
            case _:
                pass


def _names_in(node: ast.AST) -> Iterator[str]:
    """The names that a node reads, binds, imports or calls."""
    match node:
        case ast.Call(func=ast.Name(name) | ast.Attribute(attr=name)):
            yield name
        case ast.Name(id=name) | ast.Attribute(attr=name):
            yield name
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name
        case ast.arg(arg=name):
            yield name
        case ast.keyword(arg=str(name)):
            yield name
        case ast.alias(name=name, asname=other):
            yield from name.split(".")
            yield from [other] if other else []
        case ast.ImportFrom(module=str(module)):
            yield from module.split(".")
        case ast.Global(names=names) | ast.Nonlocal(names=names):
            yield from names
        case ast.ExceptHandler(name=str(name)):
            yield name
        case _:
            pass
