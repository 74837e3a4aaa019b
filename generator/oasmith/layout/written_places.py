"""The names of an earlier run, by where things are written rather than gathered.

A component that comes from another file stands at a pointer of the bundle that other
files have a say in. The lock knows it by its own file and the pointer there.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping

from ..document import Document, Pointer, ancestors, split_pointer
from .package import Names


def names_as_written(names: Names, document: Document) -> dict[str, dict[str, str]]:
    """Names by pointers of a document, as the lock keeps them."""
    places = _written_places(document)
    return {
        scope: {_swap(key, "", places): name for key, name in given.items()}
        for scope, given in names.items()
    }


def names_as_gathered(names: Names, document: Document) -> Names:
    """Names that the lock has, by the pointers of a document."""
    pointers = {place: pointer for pointer, place in _written_places(document).items()}
    gathered: dict[str, dict[str, str]] = {}
    for scope, given in names.items():
        gathered[scope] = dict(given)
        for key, name in given.items():
            file, mark, pointer = key.partition("#")
            gathered[scope][_swap(pointer, file + mark, pointers)] = name
    return gathered


def _swap(pointer: Pointer, prefix: str, table: Mapping[str, str]) -> str:
    """A place, the beginning of which is spelled as a table has it."""
    for above in ancestors(pointer):
        if (other := table.get(prefix + above)) is not None:
            return other + pointer[len(above) :]
    return prefix + pointer


def _written_places(document: Document) -> dict[Pointer, str]:
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
