"""The keys that the lock knows things by: where they are written, and as what.

A component that comes from another file stands at a pointer of the bundle that other
files have a say in. The lock knows it by its own file and the pointer there. And what
is a member of a list is known by what it is, not by its number.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence

from ..document import Document, Pointer, is_array, join_pointer, split_pointer
from .members import tell_parameters_apart, tell_schemas_apart

_TELL_APART: dict[str, Callable[[Sequence[object]], tuple[str, ...]]] = {
    "parameters": tell_parameters_apart,
    "oneOf": tell_schemas_apart,
    "anyOf": tell_schemas_apart,
}


class WrittenPlaces:
    """The key of whatever has a pointer.

    Args:
        whole: The description, which says what comes from other files.
        document: What the pointers are of.
    """

    def __init__(self, whole: Document, document: Document) -> None:
        self._document = document
        self._whole = whole
        self._keys: dict[Pointer, str] = _places_in_files(whole)
        self._words: dict[Pointer, tuple[str, ...]] = {}
        self._members: dict[str, set[str]] = {}

    def key_of(self, pointer: Pointer) -> str:
        """The pointer itself, but for files and lists.

        The parts of an ``allOf`` are one, as their order means nothing.
        """
        if (known := self._keys.get(pointer)) is None:
            known = self._keys[pointer] = self._spell(pointer)
        return known

    def members_of(self, key: str) -> set[str]:
        """The words that tell the members of a list apart, so far as any was met."""
        return self._members.get(key, set())

    def is_there(self, key: str) -> bool:
        """Whether the description has something at a key that is a plain pointer."""
        try:
            self._whole.find(key)
        except (LookupError, ValueError):
            return False
        return True

    def _spell(self, pointer: Pointer) -> str:
        above, slash, last = pointer.rpartition("/")
        if not slash:
            return pointer
        key = self.key_of(above)
        if not last.isdecimal():
            return f"{key}/{last}"
        keyword = above.rpartition("/")[2]
        if keyword == "allOf":
            return key
        words = self._tell_apart(above, keyword) if keyword in _TELL_APART else ()
        if int(last) >= len(words):
            return f"{key}/{last}"
        self._members.setdefault(key, set()).update(words)
        return f"{key}/{words[int(last)]}"

    def _tell_apart(self, pointer: Pointer, keyword: str) -> tuple[str, ...]:
        if (known := self._words.get(pointer)) is None:
            try:
                found = self._document.find(pointer)
            except (LookupError, ValueError):
                found = None
            told = _TELL_APART[keyword](found) if is_array(found) else ()
            escaped = (join_pointer("", word)[1:] for word in told)
            known = self._words[pointer] = tuple(escaped)
        return known


def _places_in_files(document: Document) -> dict[Pointer, str]:
    """Where each component is written that comes from another file."""
    folder = os.path.dirname(document.source.name) or os.curdir
    places: dict[Pointer, str] = {}
    for pointer, node in document.origins.items():
        if node.source.name in document.overlays:
            continue  # It is a part of the description, wherever it was said.
        keys = split_pointer(pointer)
        if len(keys) == (3 if keys[0] == "components" else 2) and keys[0] != "paths":
            file = node.source.name
            if "://" not in file:
                file = os.path.relpath(file, folder).replace(os.sep, "/")
            places[pointer] = f"{file}#{node.pointer}"
    several = Counter(places.values())
    return {pointer: place for pointer, place in places.items() if several[place] == 1}
