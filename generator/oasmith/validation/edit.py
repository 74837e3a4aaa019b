"""Changes to a document's tree, made on a copy of the path that leads to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, assert_never

from ..document import (
    Document,
    Node,
    Pointer,
    is_array,
    is_object,
    join_pointer,
    split_pointer,
)


@dataclass(frozen=True, slots=True)
class Drop:
    """Leave out a member of an object."""

    member: str


@dataclass(frozen=True, slots=True)
class Put:
    """Give a member of an object a value."""

    member: str
    value: Any


@dataclass(frozen=True, slots=True)
class Rename:
    """Call a member of an object otherwise; it stays in its place."""

    member: str
    name: str


@dataclass(frozen=True, slots=True)
class Append:
    """Add an item to an array, which is made where there is none."""

    member: str
    item: Any


@dataclass(frozen=True, slots=True)
class Keep:
    """Leave out the items of an array that are not among those given."""

    member: str
    indices: tuple[int, ...]


Edit = Drop | Put | Rename | Append | Keep


def apply_edits(document: Document, edits: Iterable[tuple[Pointer, Edit]]) -> Document:
    """Change objects of a document.

    Args:
        document: Stays as it is.
        edits: What to change, with the pointer of the object in the original document.
            An object comes before the objects in it, as `walk` gives them, and its
            edits are made one after the other.
    """
    edits = list(edits)
    if not edits:
        return document
    root = dict(document.root)
    copied = {id(root): root}
    groups = [(at, list(group)) for at, group in groupby(edits, lambda pair: pair[0])]
    # From the innermost outwards, so that no pointer is stale when its turn comes.
    for pointer, group in reversed(groups):
        value = _copy_path(root, pointer, copied)
        for _, edit in group:
            _apply(value, edit)
    moves = [move for pointer, edit in edits for move in _moves(pointer, edit)]
    return replace(document, root=root, origins=_origins(document, moves))


def _copy_path(
    root: dict[str, Any], pointer: Pointer, copied: dict[int, Any]
) -> dict[str, Any]:
    """The object at a pointer, once everything on the way is a copy of our own.

    Args:
        copied: The copies made so far, by identity; it keeps them alive, so that no
            other object can get the same identity.
    """
    value: Any = root
    for key in split_pointer(pointer):
        at: Any = int(key) if is_array(value) else key
        item = value[at]
        if id(item) not in copied:
            item = dict(item) if is_object(item) else list(item)
            copied[id(item)] = item
            value[at] = item
        value = item
    assert is_object(value)
    return value


def _apply(value: dict[str, Any], edit: Edit) -> None:
    match edit:
        case Drop(member):
            del value[member]
        case Put(member, new):
            value[member] = new
        case Rename(member, name):
            items = [(name if key == member else key, value[key]) for key in value]
            value.clear()
            value.update(items)
        case Append(member, item):
            value[member] = [*value.get(member, ()), item]
        case Keep(member, indices):
            value[member] = [value[member][index] for index in indices]
        case _:
            assert_never(edit)


def _moves(pointer: Pointer, edit: Edit) -> Iterator[tuple[Pointer, Pointer]]:
    """The pointers that an edit changes, each with what it becomes."""
    match edit:
        case Rename(member, name):
            yield join_pointer(pointer, member), join_pointer(pointer, name)
        case Keep(member, indices):
            for new, old in enumerate(indices):
                if new != old:
                    array = join_pointer(pointer, member)
                    yield join_pointer(array, old), join_pointer(array, new)
        case Drop() | Put() | Append():
            pass
        case _:
            assert_never(edit)


def _origins(
    document: Document, moves: list[tuple[Pointer, Pointer]]
) -> dict[Pointer, Node]:
    origins = dict(document.origins)
    for old, new in moves:
        origins[new] = document.node(old)
        for inner, node in document.origins.items():
            if inner.startswith(f"{old}/"):
                origins[new + inner[len(old) :]] = node
    return origins
