"""Finds the operations in the path items of a description."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from .document import (
    Document,
    Pointer,
    find_object,
    join_pointer,
    objects_in,
    pointer_of_reference,
)

UNSELECTED = "x-oasmith-unselected"
"""Marks an operation that a slice holds only because a reference leads into it."""

_METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch"})

METHODS = _METHODS | {"trace", "query"}
"""What is an operation of a path item in some version, in lower case."""


def path_item_parts(
    document: Document, item: dict[str, Any], pointer: Pointer
) -> Iterator[tuple[Pointer, dict[str, Any]]]:
    """A path item, and those within the document that its "$ref" leads to."""
    yield pointer, item
    seen = {pointer}
    while isinstance(reference := item.get("$ref"), str):
        target = pointer_of_reference(reference)
        found = None if target is None else find_object(document, target)
        if target is None or found is None or target in seen:
            return
        seen.add(target)
        item = found
        yield target, item


def operations_in(
    item: dict[str, Any], pointer: Pointer, methods: Container[str]
) -> Iterator[tuple[str, dict[str, Any], Pointer]]:
    """The method, the object and the pointer of each operation of a path item."""
    for key, value in objects_in(item):
        if key in methods:
            yield key.upper(), value, f"{pointer}/{key}"
        elif key == "additionalOperations" and "query" in methods:
            for method, operation in objects_in(value):
                yield method, operation, join_pointer(pointer, key, method)


def methods_of(document: Document) -> frozenset[str]:
    """The members of a path item that are operations, in the document's version."""
    version = str(document.root.get("openapi", "2.0"))
    if version.startswith("2"):
        return _METHODS
    if version.startswith(("3.0", "3.1")):
        return _METHODS | {"trace"}
    return METHODS
