"""Merges one JSON value into another, and remembers what came from there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..document import Node, Pointer, is_array, is_object, join_pointer

Place = Callable[[Pointer], Node]
"""Where a part of the merged value stands, by its pointer in that value."""


class Incompatible(Exception):
    """Two values can't be merged.

    Args:
        pointer: Of the one that is merged into the other.
    """

    def __init__(self, pointer: Pointer, kind: str, other: str) -> None:
        super().__init__(pointer, kind, other)
        self.pointer = pointer
        self.kind = kind
        self.other = other


class Merge:
    """Merges a value into another one; the origins are those of what came from it.

    Objects are merged member by member, and arrays are put one after the other; what
    is neither takes the other's place. An item that an array has already is not added
    again: the description may have come to hold what an overlay adds.

    Args:
        place: Where parts of the value that is merged stand.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self.origins: dict[Pointer, Node] = {}

    def merge(self, old: Any, new: Any, at: Pointer, pointer: Pointer = "") -> Any:
        """The value that comes of both.

        Args:
            at: The pointer of the old one in the description.
            pointer: The pointer of the new one in the value that is merged.

        Raises:
            Incompatible: One of them is an object or array, and the other is not.
        """
        if is_object(old) and is_object(new):
            return self._merge_objects(old, new, at, pointer)
        if is_array(old) and is_array(new):
            return self.append(old, new, at, pointer)
        if _kind(old) != _kind(new):
            raise Incompatible(pointer, _kind(new), _kind(old))
        if old != new or type(old) is not type(new):
            self.origins[at] = self._place(pointer)
        return new

    def append(
        self, old: list[Any], items: list[Any], at: Pointer, pointer: Pointer
    ) -> list[Any]:
        """An array with the items that it has not yet."""
        merged = list(old)
        for index, item in enumerate(items):
            if item not in merged:
                place = self._place(join_pointer(pointer, index))
                self.origins[join_pointer(at, len(merged))] = place
                merged.append(item)
        return merged

    def _merge_objects(
        self, old: dict[str, Any], new: dict[str, Any], at: Pointer, pointer: Pointer
    ) -> dict[str, Any]:
        merged = dict(old)
        for key, item in new.items():
            inner_at, inner = join_pointer(at, key), join_pointer(pointer, key)
            if key in old:
                merged[key] = self.merge(old[key], item, inner_at, inner)
            else:
                self.origins[inner_at] = self._place(inner)
                merged[key] = item
        return merged


def _kind(value: Any) -> str:
    if is_object(value):
        return "an object"
    return "a list" if is_array(value) else "a single value"
