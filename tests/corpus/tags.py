"""Sets the properties that discriminators look at.

They must be there, whatever the schemas say (OpenAPI 3.1.1, Discriminator Object).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from oasmith.document import Pointer, pointer_of_reference, split_pointer

from .definitions import Schema, mapped_pointers, schema_reference, target_of
from .merge import Merged, Tag


def tagged_choice(merged: Merged, picks: Sequence[Schema]) -> dict[str, str]:
    """What the discriminators beside a oneOf or anyOf say of the choices taken."""
    targets = [
        target_of(pick["$ref"])
        for pick in picks
        if isinstance(pick, dict) and "$ref" in pick
    ]
    return {
        tag.discriminator["propertyName"]: _value_for(tag, target)
        for tag in merged.tags
        if tag.chooses
        for target in targets
    }


def tag_object(
    value: dict[str, Any], merged: Merged, tags: dict[str, str]
) -> dict[str, Any]:
    """Set what discriminators look at: those beside choices, else those of parents."""
    inherited = {
        tag.discriminator["propertyName"]: _value_for(tag, merged.pointers[0])
        for tag in merged.tags
        if not tag.chooses and merged.pointers
    }
    properties = merged.keywords.get("properties", {})
    free = {
        name: tag
        for name, tag in (inherited | tags).items()
        if _may_be(properties.get(name, True), tag)
    }
    return value | free


def children_of(merged: Merged) -> list[Schema]:
    """The schemas of which an instance is, where a discriminator maps to them."""
    return [
        {"$ref": schema_reference(pointer)}
        for tag in merged.tags
        if not tag.chooses and tag.owner == merged.pointers[0]
        for pointer in mapped_pointers(tag.discriminator)
        if pointer != tag.owner
    ]


def _value_for(tag: Tag, target: Pointer) -> str:
    """The value that stands for a schema: a mapping's key, or else its name."""
    mapping: dict[str, str] = tag.discriminator.get("mapping") or {}
    name = split_pointer(target)[-1]
    for key, reference in mapping.items():
        if reference == name or pointer_of_reference(reference) == target:
            return key
    return name


def _may_be(schema: Schema, tag: str) -> bool:
    if isinstance(schema, bool):
        return True
    return schema.get("const", tag) == tag and tag in schema.get("enum", [tag])
