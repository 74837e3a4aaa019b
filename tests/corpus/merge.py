"""Merges a schema with what it refers to and with its ``allOf``, for sampling.

The result is no proof of anything: what is sampled from it is validated against the
schemas as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from oasmith.document import Pointer, is_array

from .definitions import Definitions, Schema, target_of

_LOWER_BOUNDS = (
    "minimum",
    "exclusiveMinimum",
    "minLength",
    "minItems",
    "minProperties",
)
_UPPER_BOUNDS = (
    "maximum",
    "exclusiveMaximum",
    "maxLength",
    "maxItems",
    "maxProperties",
)


class NoSample(Exception):
    """No instance was found."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A discriminator, and the schema that has it, where that has a pointer."""

    discriminator: dict[str, Any]
    owner: Pointer | None
    chooses: bool
    """Whether a oneOf or anyOf stands beside it; else it looks at allOf's children."""


@dataclass(slots=True)
class Merged:
    """A schema without ``$ref`` and ``allOf``."""

    keywords: dict[str, Any] = field(default_factory=dict[str, Any])
    choices: list[list[Schema]] = field(default_factory=list[list[Schema]])
    """Of each list, one applies."""

    tags: list[Tag] = field(default_factory=list[Tag])
    pointers: list[Pointer] = field(default_factory=list[Pointer])
    """What was gone through, from the outside in."""


def merge_schema(definitions: Definitions, schema: Schema) -> Merged:
    """Merge a schema with all of its parts.

    Raises:
        NoSample: Its parts contradict each other.
    """
    merged = Merged()
    for part, owner in _parts(definitions, schema, None, ()):
        if owner is not None and owner not in merged.pointers:
            merged.pointers.append(owner)
        if "discriminator" in part:
            chooses = "oneOf" in part or "anyOf" in part
            merged.tags.append(Tag(part["discriminator"], owner, chooses))
        for key, value in part.items():
            _merge_keyword(merged, key, value)
    return merged


def _parts(
    definitions: Definitions,
    schema: Schema,
    owner: Pointer | None,
    above: Sequence[Pointer],
) -> Iterator[tuple[dict[str, Any], Pointer | None]]:
    """The schemas that all apply, each with its pointer if it was referred to."""
    if schema is False:
        raise NoSample("nothing is allowed")
    if schema is True:
        return
    assert isinstance(schema, dict)
    yield schema, owner
    if "$ref" in schema:
        pointer = target_of(schema["$ref"])
        if pointer in above:
            raise NoSample("a schema that is itself")
        target = definitions.get(pointer)
        yield from _parts(definitions, target, pointer, [*above, pointer])
    for part in schema.get("allOf", ()):
        yield from _parts(definitions, part, None, above)


def _merge_keyword(merged: Merged, key: str, value: Any) -> None:
    known = merged.keywords
    match key:
        case "$ref" | "allOf" | "discriminator":
            pass
        case "oneOf" | "anyOf":
            merged.choices.append(value)
        case "type":
            wanted = value if is_array(value) else [value]
            known[key] = _meet(known[key], wanted) if key in known else wanted
        case "enum":
            known[key] = (
                [it for it in known[key] if it in value] if key in known else value
            )
        case "required":
            known[key] = [*dict.fromkeys([*known.get(key, ()), *value])]
        case "properties" | "patternProperties":
            known[key] = _join_properties(known.get(key, {}), value)
        case "additionalProperties" | "items":
            known[key] = {"allOf": [known[key], value]} if key in known else value
        case _ if key in _LOWER_BOUNDS and key in known:
            known[key] = max(known[key], value)
        case _ if key in _UPPER_BOUNDS and key in known:
            known[key] = min(known[key], value)
        case _:
            known[key] = value


def _meet(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """The types that both lists allow; an integer is a number."""
    both = [name for name in first if name in second]
    if "integer" not in both and "integer" in {*first, *second}:
        both += ["integer"] if "number" in {*first, *second} else []
    if not both:
        raise NoSample("types that exclude each other")
    return both


def _join_properties(
    first: dict[str, Schema], second: dict[str, Schema]
) -> dict[str, Schema]:
    joined = dict(first)
    for name, schema in second.items():
        joined[name] = {"allOf": [joined[name], schema]} if name in joined else schema
    return joined
