"""Makes Python literals: the only way for text of a description into source."""

from __future__ import annotations

import math
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeGuard

_made: ContextVar[set[str] | None] = ContextVar("made", default=None)


def make_literal(value: object) -> str:
    """Write a JSON scalar, or a tuple of literals, as a Python expression.

    What can be printed stays readable; controls, line and paragraph separators, marks
    of text direction and lone surrogates are escaped. Strings are quoted as black does.

    Raises:
        TypeError: The value is none that JSON has, or not finite.
    """
    match value:
        case str():
            if (made := _made.get()) is not None:
                made.add(value)
            return _make_string(value)
        case None | bool() | int():
            return repr(value)
        case float() if math.isfinite(value):
            return repr(value)
        case _ if _is_tuple(value):
            items = ", ".join(map(make_literal, value))
            return f"({items},)" if len(value) == 1 else f"({items})"
        case _:
            raise TypeError(f"no literal for {type(value).__name__}")


@contextmanager
def literals_noted() -> Generator[set[str]]:
    """Give a set that the strings which are made literals go to, as they came.

    What is generated can then be held against it, whatever the escaping is worth.
    """
    made: set[str] = set()
    token = _made.set(made)
    try:
        yield made
    finally:
        _made.reset(token)


def _is_tuple(value: object) -> TypeGuard[tuple[object, ...]]:
    return isinstance(value, tuple)


def escape_text(text: str, quote: str) -> str:
    """Escape what must not stand as it is between quotes of one kind."""
    if text.isprintable() and "\\" not in text and not (quote and quote in text):
        return text
    return "".join(
        (
            character
            if character.isprintable() and character not in f"{quote}\\"
            else _escape(character, quote)
        )
        for character in text
    )


def _make_string(text: str) -> str:
    quote = "'" if text.count('"') > text.count("'") else '"'
    return f"{quote}{escape_text(text, quote)}{quote}"


def _escape(character: str, quote: str) -> str:
    if character == quote:
        return f"\\{quote}"
    # repr would leave a quote of the other kind alone, and so does this.
    return repr(character)[1:-1]
