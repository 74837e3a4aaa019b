"""What a part of a bundle is made of, and where all of that came from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from ..document import Document, Node, Pointer, join_pointer


class Home(NamedTuple):
    """Where something in the bundle came from."""

    document: Document
    pointer: Pointer
    """Of it in that document."""

    at: Pointer
    """Of it in the bundle."""

    chain: frozenset[tuple[str, Pointer]] = frozenset()
    """What it and all around it was put in the place of references to."""

    def pointer_of(self, pointer: Pointer) -> Pointer:
        """Where something stood that has a pointer in the bundle."""
        return self.pointer + pointer[len(self.at) :]

    def node(self, pointer: Pointer) -> Node:
        return self.document.node(self.pointer_of(pointer))


class Layer(NamedTuple):
    """An object that others refer to, or that refers to others."""

    value: dict[str, Any]
    home: Home


def merge_layers(layers: Sequence[Layer]) -> dict[str, Any]:
    """One object in place of one that refers to the next, and so on.

    The members that stand beside a reference count more than those that it leads to.
    """
    merged: dict[str, Any] = {}
    for value, _ in reversed(layers):
        merged |= value
    return {key: item for key, item in merged.items() if key != "$ref"}


def origins_of(pointer: Pointer, layers: Sequence[Layer]) -> dict[Pointer, Node]:
    """Where such an object came from, and each of its members that came from elsewhere.

    An object that only refers on is remembered by its reference.
    """
    origins = {pointer: layers[-1].home.node(pointer)}
    for depth, (value, home) in reversed(list(enumerate(layers[:-1], start=1))):
        for member in value:
            place = join_pointer(
                pointer, *[member] * (depth if member == "$ref" else 1)
            )
            origins[place] = home.node(join_pointer(pointer, member))
    return origins
