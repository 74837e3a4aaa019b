"""Says which operations a description has, and whether it is in several files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oasmith.diagnostics import Diagnostics
from oasmith.document import Document, is_array, is_object, pointer_of_reference
from oasmith.loading.load import load_document

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@dataclass(frozen=True, slots=True)
class Described:
    operations: frozenset[tuple[str, str]]
    """Each is a method and a path."""

    several_files: bool


def read_described(spec: Path) -> Described:
    """Read what a description says of itself, without the generator's reader.

    Raises:
        Stopped: It can't be loaded.
    """
    document = load_document(os.fspath(spec), Diagnostics())
    return Described(frozenset(_operations(document)), _has_other_files(document.root))


def _operations(document: Document) -> Iterator[tuple[str, str]]:
    is_newest = str(document.root.get("openapi")).startswith("3.2")
    methods = (*_METHODS, "query") if is_newest else _METHODS
    paths = document.root.get("paths")
    for path, item in paths.items() if is_object(paths) else ():
        item = _resolve(document, item)
        for method in methods:
            if method in item:
                yield method.upper(), path
        if is_object(others := item.get("additionalOperations")):
            yield from ((method.upper(), path) for method in others)


def _resolve(document: Document, item: Any) -> dict[str, Any]:
    if not is_object(item):
        return {}
    pointer = pointer_of_reference(str(item.get("$ref")))
    if pointer is None:
        return item
    found = document.find(pointer)
    return {**found, **item} if is_object(found) else item


def _has_other_files(value: Any) -> bool:
    if is_object(value):
        reference = value.get("$ref")
        if isinstance(reference, str) and not reference.startswith("#"):
            return True
        return any(map(_has_other_files, value.values()))
    return is_array(value) and any(map(_has_other_files, value))
