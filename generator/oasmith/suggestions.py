"""What a reference that leads nowhere was probably meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice

from .document import Document, Pointer, is_object, join_pointer, split_pointer

_SCHEMAS: tuple[Pointer, ...] = ("/components/schemas", "/definitions")


_MOST_NAMES = 10_000
_MOST_LIKELY_NAMES = 200
"""That are looked at; a description may have any number of mistakes and of names."""


def suggest_reference(document: Document, written: str, uri: str = "") -> str | None:
    """A word of help, if something in the document is near.

    Args:
        document: The one that the reference leads to.
        written: A pointer, or what should have been one: without its slash, the name
            of a schema alone, misspelt.
        uri: What the reference calls the document.
    """
    path = written if written.startswith("/") else f"/{written}"
    candidates = [path, *(schemas + path for schemas in _SCHEMAS)]
    found = next((each for each in candidates if _is_there(document, each)), None)
    found = found or _respell(document, path)
    return f'did you mean "{uri}#{found}"?' if found else None


def _is_there(document: Document, pointer: Pointer) -> bool:
    try:
        document.find(pointer)
    except (LookupError, ValueError):
        return False
    return True


def _respell(document: Document, pointer: Pointer) -> Pointer | None:
    """The pointer with each key that is not there as the one that is nearest."""
    value, found = document.root, ""
    for key in split_pointer(pointer):
        if not is_object(value):
            return None
        close = [key] if key in value else _near(key, value)
        if not close:
            return None
        value, found = value[close[0]], join_pointer(found, close[0])
    return found


def _near(key: str, names: Iterable[str]) -> list[str]:
    likely = (
        name
        for name in islice(names, _MOST_NAMES)
        if abs(len(name) - len(key)) <= 2
        and len(key) < 100
        and (name[:1] == key[:1] or name[-1:] == key[-1:])
    )
    return get_close_matches(key, islice(likely, _MOST_LIKELY_NAMES), 1)
