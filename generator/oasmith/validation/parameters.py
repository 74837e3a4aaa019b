"""The parameters that an operation declares, by name and place."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from ..document import (
    Document,
    Pointer,
    is_array,
    is_object,
    join_pointer,
    pointer_of_reference,
    split_pointer,
)
from ..grammar import Part

_MOST_HOPS = 16
"""How long a chain of references may be; a longer one goes in a circle."""


class Declared(NamedTuple):
    name: str
    place: str
    pointer: Pointer
    """Where it is listed, which need not be where it is defined."""


def template_names(path: str) -> list[str]:
    """The names that a path template has between braces, each once, in order."""
    return list(dict.fromkeys(re.findall(r"\{([^{}]*)\}", path)))


def path_item_of(document: Document, operation: Part) -> Part | None:
    """The path item that an operation belongs to; None for webhooks and callbacks."""
    match split_pointer(operation.pointer):
        case ["paths", path, _] | ["paths", path, "additionalOperations", _]:
            pointer = join_pointer("/paths", path)
            return Part("PathItem", pointer, document.root["paths"][path])
        case _:
            return None


def path_of(item: Part) -> str:
    """The path template of a path item."""
    return split_pointer(item.pointer)[1]


def parameters_of(
    document: Document, operation: Part, item: Part
) -> list[Declared] | None:
    """The parameters of an operation and of its path item.

    Returns:
        None when some can't be known, because a reference leads nowhere or elsewhere.
    """
    if "$ref" in item.value:
        return None
    found = [*declared_in(document, operation), *declared_in(document, item)]
    known = [declared for declared in found if declared is not None]
    return known if len(known) == len(found) else None


def declared_in(document: Document, holder: Part) -> list[Declared | None]:
    """What an operation or a path item lists; None for what can't be known."""
    listed = holder.value.get("parameters")
    if listed is None:
        return []
    if not is_array(listed):
        return [None]
    pointer = join_pointer(holder.pointer, "parameters")
    return [
        _declared(document, value, join_pointer(pointer, index))
        for index, value in enumerate(listed)
    ]


def _declared(document: Document, value: Any, pointer: Pointer) -> Declared | None:
    match follow(document, value):
        case {"name": str(name), "in": str(place)}:
            return Declared(name, place, pointer)
        case _:
            return None


def follow(document: Document, value: Any) -> Any:
    """What a value is once the references that it consists of are followed.

    Returns:
        None when a reference leads nowhere, in a circle or out of the document.
    """
    for _ in range(_MOST_HOPS):
        if not is_object(value) or not isinstance(value.get("$ref"), str):
            return value
        pointer = pointer_of_reference(value["$ref"])
        if pointer is None:
            return None
        try:
            value = document.find(pointer)
        except LookupError:
            return None
    return None
