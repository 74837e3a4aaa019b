"""Which schemas of a description extend which others, by "allOf"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from .document import (
    Document,
    Pointer,
    find_object,
    is_array,
    is_object,
    join_pointer,
    objects_in,
    pointer_of_reference,
)

Heirs = Mapping[Pointer, list[Pointer]]
"""By schema, those that extend it directly, in the document's order."""


def schemas_section(document: Document) -> Pointer:
    """Where the schemas stand that have a name of their own."""
    return "/components/schemas" if "openapi" in document.root else "/definitions"


def find_heirs(document: Document) -> Heirs:
    """Find what extends each schema that has a name."""
    section = schemas_section(document)
    heirs: defaultdict[Pointer, list[Pointer]] = defaultdict(list)
    for name, schema in objects_in(find_object(document, section)):
        if not _only_adds_null(schema):
            for parent in dict.fromkeys(_parents_of(schema)):
                heirs[parent].append(join_pointer(section, name))
    return heirs


def all_heirs(heirs: Heirs, pointer: Pointer) -> Iterator[Pointer]:
    """The heirs of a schema and theirs, each once, an heir before its own."""
    seen = {pointer}
    unread = list(reversed(heirs.get(pointer, [])))
    while unread:
        heir = unread.pop()
        if heir not in seen:
            seen.add(heir)
            yield heir
            unread += reversed(heirs.get(heir, []))


def parts_of(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of the "allOf" of a schema."""
    parts = schema.get("allOf")
    return [part for part in parts if is_object(part)] if is_array(parts) else []


def _parents_of(schema: dict[str, Any]) -> Iterator[Pointer]:
    for part in parts_of(schema):
        reference = part.get("$ref")
        if isinstance(reference, str):
            parent = pointer_of_reference(reference)
            if parent is not None:
                yield parent


def _only_adds_null(schema: dict[str, Any]) -> bool:
    """Whether it is OpenAPI 3.0's way of saying that another schema may be null."""
    alone = len(parts_of(schema)) == 1 and "properties" not in schema
    return alone and schema.get("nullable") is True
