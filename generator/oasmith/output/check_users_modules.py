"""Checks modules that are made of a user's template, which may hold whatever that has.

The template is the user's own code: its statements, its names and its strings. What
else stands in the module is of the view, and has to be what was promised of that.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterator
from io import StringIO
from tokenize import COMMENT, TokenError, generate_tokens
from typing import NoReturn

from .check_modules import BrokenPromise
from .promise import Promise
from .template_words import TemplateWords


def check_users_module(
    path: str, text: str, promise: Promise, words: TemplateWords
) -> None:
    """Check a module, given by its path in the package.

    Args:
        words: What its template has of its own.

    Raises:
        BrokenPromise: It holds what is neither of the template nor of the promise.
    """
    _Reader(path, text, promise, words).read()


class _Reader:
    """Reads one module, node by node: their kinds are the user's affair."""

    def __init__(
        self, path: str, text: str, promise: Promise, words: TemplateWords
    ) -> None:
        self._path = path
        self._text = text
        self._words = words
        self._values = promise.values
        self._known: tuple[Collection[str], ...] = (
            promise.names,
            promise.own,
            words.names,
        )
        self._keywords = (*self._known, promise.keywords)
        filled = promise.names if words.calls_filled else ()
        self._called = (promise.called, words.names, filled)
        self._comments = {promise.header, *promise.comments}

    def read(self) -> None:
        try:
            tree = ast.parse(self._text)
        except (SyntaxError, ValueError, RecursionError) as error:
            self._refuse(1, f"no Python: {error}")
        docstrings = {id(node) for node in _docstrings_in(tree)}
        for node in ast.walk(tree):
            for name in _names_in(node):
                self._check_name(node, name)
            match node:
                case ast.Constant(str(text)) if id(node) not in docstrings:
                    self._check_string(node, text)
                case ast.Constant(bytes(content)):
                    self._check_string(node, content.decode("latin-1"))
                case _:
                    pass
        self._check_comments()

    def _refuse(self, line: int, what: str) -> NoReturn:
        raise BrokenPromise(self._path, self._text, line, what)

    def _check_name(self, node: ast.AST, name: str) -> None:
        is_call = isinstance(node, ast.Call)
        known = self._called if is_call else self._known
        if isinstance(node, ast.keyword):
            known = self._keywords
        is_known = _is_in(known)
        if not is_known(name) and not self._words.has_name(name, _is_in(self._known)):
            what = "a call of" if is_call else "the name"
            self._refuse(getattr(node, "lineno", 1), f"{what} {name!r}")

    def _check_string(self, node: ast.Constant, text: str) -> None:
        if not text or self._is_known(text):
            return
        if not self._words.has_string(text, self._is_known):
            self._refuse(node.lineno, f"the string {text!r}")

    def _is_known(self, text: str) -> bool:
        """Whether it was made a literal, or is a name, or a dotted path of names."""
        is_name = _is_in(self._known)
        return text in self._values or all(map(is_name, text.lstrip(".").split(".")))

    def _check_comments(self) -> None:
        try:
            tokens = [*generate_tokens(StringIO(self._text).readline)]
        except (TokenError, SyntaxError) as error:
            self._refuse(1, f"no Python: {error}")
        for token in tokens:
            line = token.start[0]
            if token.type != COMMENT or token.string in self._comments:
                continue
            if not self._words.has_comment(token.string, line):
                self._refuse(line, "a comment")


def _is_in(known: tuple[Collection[str], ...]) -> Callable[[str], bool]:
    return lambda name: any(name in names for names in known)


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
        case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name
        case ast.MatchMapping(rest=str(name)):
            yield name
        case ast.MatchClass(kwd_attrs=names):
            yield from names
        case _:
            pass
