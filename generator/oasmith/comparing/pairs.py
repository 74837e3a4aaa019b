"""Pairs up what the old package and the new one declare.

Declarations are one where they have one name, as that is what a caller sees. One that
is gone and a new one in its place are one, under a new name, if they are alike.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from ..building.api import (
    AliasDeclaration,
    Declaration,
    EnumType,
    ObjectDeclaration,
    Operation,
    Type,
    UnionType,
)
from ..building.type_walk import (
    reach_declarations,
    types_received,
    types_sent,
)
from ..document import Document, Pointer
from ..layout.package import DeclaredModel, Package
from .change import Place

Places = tuple[Place | None, Place | None]
"""Where something stands in the old description, and in the new one."""

_ALIKE = 0.5
"""The share of all their properties that two objects have in common, at least."""


class Pairs:
    """An old package and a new one, and which of their declarations are one.

    Pairs are added while types are compared: that shows what stands in the place of
    what is gone.
    """

    def __init__(self, old: Package, new: Package) -> None:
        self.old, self.new = old, new
        named = {model.symbol.name: pointer for pointer, model in new.models.items()}
        self._new_of: dict[Pointer, Pointer] = {
            pointer: named[model.symbol.name]
            for pointer, model in old.models.items()
            if model.symbol.name in named
        }
        self._taken = set(self._new_of.values())
        self._sent = [_reached(package, types_sent) for package in (old, new)]
        self._received = [_reached(package, types_received) for package in (old, new)]

    def __iter__(self) -> Iterator[tuple[DeclaredModel, DeclaredModel]]:
        """The pairs by name, those included that are found meanwhile."""
        told: set[Pointer] = set()
        while waiting := [each for each in self._new_of if each not in told]:
            told.update(waiting)
            for pointer in sorted(
                waiting, key=lambda it: self.old.models[it].symbol.name
            ):
                yield self.old.models[pointer], self.new.models[self._new_of[pointer]]

    def places(self, old: Pointer | None, new: Pointer | None) -> Places:
        """The places in either description, where there are any."""
        return (
            None if old is None else _place(self.old.api.document, old),
            None if new is None else _place(self.new.api.document, new),
        )

    def are_one(self, old: Pointer, new: Pointer) -> bool:
        """Whether two declarations are one, or may be taken for one."""
        if old in self._new_of or new in self._taken:
            return self._new_of.get(old) == new
        before = self.old.models[old].declaration
        after = self.new.models[new].declaration
        if not _are_alike(before, after):
            return False
        self._new_of[old] = new
        self._taken.add(new)
        return True

    @property
    def removed(self) -> list[DeclaredModel]:
        models = self.old.models
        return [models[each] for each in models if each not in self._new_of]

    @property
    def added(self) -> list[DeclaredModel]:
        models = self.new.models
        return [models[each] for each in models if each not in self._taken]

    def directions(self, old: Pointer, new: Pointer) -> tuple[bool, bool]:
        """Whether values are sent, and whether they are received.

        What only one of the packages does concerns no caller of both.
        """
        sent = old in self._sent[0] and new in self._sent[1]
        received = old in self._received[0] and new in self._received[1]
        if sent or received:
            return sent, received
        return old in self._sent[0], old in self._received[0]


def _place(document: Document, pointer: Pointer) -> Place:
    node = document.node(pointer)
    if node.source is document.source:
        return Place(node.pointer)
    name = node.source.name
    if "://" not in name:
        folder = os.path.dirname(document.source.name) or os.curdir
        name = os.path.relpath(name, folder).replace(os.sep, "/")
    return Place(node.pointer, name)


def _reached(
    package: Package, types_of: Callable[[Operation], Iterator[Type]]
) -> set[Pointer]:
    api = package.api
    return reach_declarations(api.declarations, map(types_of, api.operations))


def _are_alike(old: Declaration, new: Declaration) -> bool:
    match old, new:
        case ObjectDeclaration(properties=before), ObjectDeclaration(properties=after):
            names = {each.name for each in before}, {each.name for each in after}
            common = names[0] & names[1]
            return len(common) >= _ALIKE * len(names[0] | names[1])
        case AliasDeclaration(type=EnumType(before)), AliasDeclaration(
            type=EnumType(after)
        ):
            return bool(set(before) & set(after))
        case AliasDeclaration(type=UnionType()), AliasDeclaration(type=UnionType()):
            return True
        case _:
            return False
