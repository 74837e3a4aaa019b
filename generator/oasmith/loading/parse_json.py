"""Parses JSON strictly, as RFC 8259 has it, and finds where it breaks the rules."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from ..text import Text
from .collector import collector_paused
from .extent import MOST_LEVELS, measure
from .problem import Malformed, Problem, duplicate_key, too_deep
from .scalars import BadScalar, not_finite, read_float, read_integer

_TOKEN = re.compile(
    r'(?P<string>"[^"\\]*(?:\\.[^"\\]*)*")(?P<colon>[ \t\r\n]*:)?'
    r"|(?P<open>[{\[])|(?P<close>[}\]])|(?P<bare>[-+\w.]+)"
)
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|(?P<half>u[dD][89a-fA-F])|.)"
)


class NotJson(Malformed):
    """The text breaks JSON's grammar; it may be something else."""


def parse_json(text: Text) -> Any:
    """The tree that a JSON text stands for.

    Raises:
        NotJson: It is not JSON at all.
        Malformed: It is, but not as I-JSON (RFC 7493) wants it: a key stands twice,
            a number is not finite, a string has half a character.
    """
    watch = _Watch()
    try:
        with collector_paused():
            root = json.loads(
                text.string,
                object_pairs_hook=watch.read_object,
                parse_constant=watch.read_constant,
                parse_int=watch.read_integer,
                parse_float=watch.read_float,
            )
    except json.JSONDecodeError as error:
        reason = error.msg[:1].lower() + error.msg[1:].removesuffix(" at")
        problem = Problem("bad-json", f"this is not JSON: {reason}", error.pos)
        raise NotJson([problem]) from error
    except RecursionError:
        _refuse(text)
        raise
    deep = measure(root, most_nodes=len(text.string)).levels > MOST_LEVELS
    if watch.doubtful or deep or _has_halves(text.string):
        _refuse(text)
    return root


class _Watch:
    """Reads what json lets pass too easily, and remembers that there was a doubt.

    json does not tell its hooks where they are, so a doubt costs a second look.
    """

    def __init__(self) -> None:
        self.doubtful = False

    def read_object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) != len(pairs):
            self.doubtful = True
        return members

    def read_constant(self, written: str) -> None:
        self.doubtful = True

    def read_integer(self, written: str) -> int | None:
        try:
            return read_integer(written)
        except BadScalar:
            self.doubtful = True
            return None

    def read_float(self, written: str) -> float | None:
        try:
            return read_float(written)
        except BadScalar:
            self.doubtful = True
            return None


def _has_halves(string: str) -> bool:
    """Whether half of a surrogate pair is escaped somewhere in a JSON text."""
    if "\\ud" not in string and "\\uD" not in string:
        return False
    return any(escape["half"] for escape in _ESCAPE.finditer(string))


def _refuse(text: Text) -> None:
    if problems := list(_find_problems(text)):
        raise Malformed(problems)


def _find_problems(text: Text) -> Iterator[Problem]:
    """What is wrong with a text that is JSON by its grammar."""
    keys_above: list[dict[str, int]] = []
    for token in _TOKEN.finditer(text.string):
        match token.lastgroup:
            case "open":
                keys_above.append({})
                if len(keys_above) > MOST_LEVELS:
                    yield too_deep(token.start())
                    return
            case "close":
                keys_above.pop()
            case "bare":
                yield from _check_bare(token)
            case _:
                yield from _check_string(token)
                if token["colon"]:
                    yield from _check_key(text, token, keys_above[-1])


def _check_bare(token: re.Match[str]) -> Iterator[Problem]:
    written = token["bare"]
    try:
        if written in ("NaN", "Infinity", "-Infinity"):
            raise not_finite(written)
        if written.lstrip("-").isdecimal():
            read_integer(written)
        elif written not in ("true", "false", "null"):
            read_float(written)
    except BadScalar as bad:
        yield Problem(bad.code, bad.message, token.start())


def _check_string(token: re.Match[str]) -> Iterator[Problem]:
    for escape in _ESCAPE.finditer(token["string"]):
        if escape["half"]:
            message = f'"{escape[0]}.." is half of a surrogate pair, not a character'
            yield Problem("half-character", message, token.start() + escape.start())


def _check_key(
    text: Text, token: re.Match[str], above: dict[str, int]
) -> Iterator[Problem]:
    key: str = json.loads(token["string"])
    first = above.setdefault(key, token.start())
    if first != token.start():
        yield duplicate_key(text, key, first, token.start())
