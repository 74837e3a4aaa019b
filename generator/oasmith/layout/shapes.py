"""The shapes of named schemas, by which one is known that has got another name.

A shape is all that a schema says of values, and none of its words. What it refers to
is spelled by its key, so that the shape changes with the schema itself alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from ..document import (
    Document,
    Pointer,
    is_array,
    is_object,
    pointer_of_reference,
    split_pointer,
)
from .written_places import WrittenPlaces

_WORDS = frozenset(
    {
        *("title", "description", "summary", "example", "examples", "deprecated"),
        *("externalDocs", "xml", "$comment", "default"),
    }
)
_BY_NAME = frozenset({"properties", "patternProperties", "$defs", "dependentSchemas"})
_VALUES = frozenset({"enum", "const"})


class Shapes:
    """Tells the shapes of schemas in a document."""

    def __init__(self, document: Document, places: WrittenPlaces) -> None:
        self._document = document
        self._places = places

    def shape_of(self, pointer: Pointer, renamed: Mapping[str, str]) -> str:
        """A digest of a schema's shape.

        Args:
            renamed: The keys that others have had before, by the keys that they have.
        """
        own = self._places.key_of(pointer)
        plain = self._simplify(self._document.find(pointer), renamed, own)
        text = json.dumps(plain, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def _simplify(self, schema: Any, renamed: Mapping[str, str], own: str) -> Any:
        if is_array(schema):
            return [self._simplify(each, renamed, own) for each in schema]
        if not is_object(schema):
            return schema
        simple: dict[str, Any] = {}
        for key, value in schema.items():
            if key in _WORDS or key.startswith("x-"):
                continue
            if key == "$ref" and isinstance(value, str):
                simple[key] = self._spell(value, renamed, own)
            elif key in _BY_NAME and is_object(value):
                simple[key] = {
                    name: self._simplify(each, renamed, own)
                    for name, each in value.items()
                }
            elif key == "required" and is_array(value):
                simple[key] = sorted(map(str, value))
            else:
                is_plain = key in _VALUES
                simple[key] = value if is_plain else self._simplify(value, renamed, own)
        return simple

    def _spell(self, reference: str, renamed: Mapping[str, str], own: str) -> str:
        pointer = pointer_of_reference(reference)
        if pointer is None:
            return reference
        key = self._places.key_of(pointer)
        return "" if key == own else renamed.get(key, key)


def named_schemas(pointers: Iterable[Pointer]) -> list[Pointer]:
    """Those that stand by their names among the components of a description."""
    heads = (["components", "schemas"], ["definitions"])
    return [each for each in pointers if split_pointer(each)[:-1] in heads]
