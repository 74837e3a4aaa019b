"""Puts values into a tree, on copies of the objects and arrays that lead to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..document import Pointer, is_array, split_pointer

Change = tuple[Pointer, Any]
"""A pointer, and what is to stand there."""


def change_tree(root: dict[str, Any], changes: Iterable[Change]) -> dict[str, Any]:
    """A tree in which the changes are made, one after the other.

    Args:
        root: Stays as it is.
        changes: One may go into what an earlier one put there; objects that a pointer
            leads through are made where there is none.
    """
    changed = dict(root)
    ours = {id(changed): changed}
    for pointer, value in changes:
        *above, last = split_pointer(pointer)
        holder: Any = changed
        for key in above:
            holder = _own(holder, key, ours)
        holder[_index(holder, last)] = value
    return changed


def _own(holder: Any, key: str, ours: dict[int, Any]) -> Any:
    """What stands at a key, once it is a copy of our own.

    Args:
        ours: The copies made so far, by identity; it keeps them alive, so that no
            other object can get the same identity.
    """
    at = _index(holder, key)
    item = holder.setdefault(at, {}) if isinstance(at, str) else holder[at]
    if id(item) not in ours:
        item = list(item) if is_array(item) else dict(item)
        ours[id(item)] = item
        holder[at] = item
    return item


def _index(holder: Any, key: str) -> str | int:
    return int(key) if is_array(holder) else key
