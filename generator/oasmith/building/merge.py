"""Merges the parts of an ``allOf`` into one schema that means the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from ..document import Pointer, join_pointer
from ..reading.spec import (
    NO_ANNOTATIONS,
    Annotations,
    Constraints,
    JsonType,
    Schema,
    Spec,
)

N = TypeVar("N", int, float, int | float)


def resolve_schema(spec: Spec, schema: Schema) -> Schema:
    """Follow references to the schema that they end at.

    What a reference has in annotations of its own goes before the target's.
    """
    seen: set[Pointer] = set()
    annotations = schema.annotations
    while schema.reference is not None and schema.reference not in seen:
        seen.add(schema.reference)
        schema = spec.schemas[schema.reference]
        if annotations == NO_ANNOTATIONS:
            annotations = schema.annotations
    if schema.annotations is annotations:
        return schema
    return replace(schema, annotations=annotations)


def merge_parts(spec: Spec, schema: Schema) -> Schema:
    """Give a schema without ``allOf`` that takes what this one takes.

    Where the parts ask for types that exclude each other, it takes nothing: ``never``.
    """
    # The properties of the parts go before those beside them.
    merged = replace(schema, all_of=(), properties=())
    nullable: list[bool] = []
    for part in flatten(spec, schema.all_of, {schema.pointer}):
        nullable.append(part.nullable)
        merged = _merge(merged, part)
    # "nullable" beside "allOf" is meant for the whole, whatever the parts say.
    return replace(
        merged,
        properties=_merge_properties(merged, schema),
        nullable=schema.nullable or (bool(nullable) and all(nullable)),
    )


def as_whole(spec: Spec, schema: Schema) -> Schema:
    """Give a schema with its references followed and its parts merged."""
    return merge_parts(spec, resolve_schema(spec, schema))


def flatten(
    spec: Spec, parts: tuple[Schema, ...], seen: set[Pointer]
) -> Iterator[Schema]:
    """The schemas that the parts consist of, references followed, each once."""
    for part in parts:
        found = resolve_schema(spec, part)
        if part.reference is not None:
            if found.pointer in seen:
                continue
            seen.add(found.pointer)
        yield from flatten(spec, found.all_of, seen)
        yield replace(found, all_of=())


def says_nothing(schema: Schema) -> bool:
    """Whether a schema only annotates, or adds demands that no type shows."""
    return (
        schema.reference is None
        and not schema.never
        and schema.types in ((), ("object",))
        and schema.enum is None
        and schema.constant is None
        and not (schema.properties or schema.pattern_properties or schema.prefix_items)
        and schema.additional is None
        and schema.items is None
        and not (schema.all_of or schema.one_of or schema.any_of)
    )


def _merge(first: Schema, second: Schema) -> Schema:
    types = _merge_types(first.types, second.types)
    conflict = bool(first.types) and not types
    return replace(
        first,
        never=first.never or second.never or conflict,
        types=types or first.types,
        format=first.format or second.format,
        enum=_merge_enums(first, second),
        constant=first.constant or second.constant,
        properties=_merge_properties(first, second),
        required=tuple(dict.fromkeys(first.required + second.required)),
        additional=first.additional or second.additional,
        pattern_properties=first.pattern_properties + second.pattern_properties,
        items=_both(first.items, second.items, join_pointer(first.pointer, "items")),
        prefix_items=first.prefix_items or second.prefix_items,
        one_of=first.one_of or second.one_of,
        any_of=_merge_choices(first, second),
        # A parent's discriminator tells its heirs apart, and is none of their own.
        discriminator=first.discriminator
        or (second.discriminator if second.one_of or second.any_of else None),
        constraints=_merge_constraints(first.constraints, second.constraints),
        annotations=_merge_annotations(first.annotations, second.annotations),
    )


def _merge_types(
    first: tuple[JsonType, ...], second: tuple[JsonType, ...]
) -> tuple[JsonType, ...]:
    if not first or not second:
        return first or second
    both: tuple[JsonType, ...] = tuple(name for name in first if name in second)
    if not both and {*first, *second} == {"integer", "number"}:
        return ("integer",)
    return both


def _merge_enums(first: Schema, second: Schema) -> tuple[object, ...] | None:
    if first.enum is None or second.enum is None:
        return second.enum if first.enum is None else first.enum
    return tuple(value for value in first.enum if value in second.enum) or first.enum


def _merge_properties(first: Schema, second: Schema) -> tuple[tuple[str, Schema], ...]:
    properties = dict(first.properties)
    for name, schema in second.properties:
        place = join_pointer(first.pointer, "properties", name)
        properties[name] = _both(properties.get(name), schema, place) or schema
    return tuple(properties.items())


def _both(first: Schema | None, second: Schema | None, place: Pointer) -> Schema | None:
    """A schema that asks for what two others ask for, as one that stands elsewhere."""
    if first is None or second is None:
        return second if first is None else first
    if first.reference is not None and first.reference == second.reference:
        return second
    if says_nothing(second) and not first.all_of:
        required = tuple(dict.fromkeys(first.required + second.required))
        if required == first.required:
            annotations = _merge_annotations(second.annotations, first.annotations)
            return replace(first, annotations=annotations)
    return Schema(
        pointer=place,
        all_of=(first, second),
        nullable=first.nullable and second.nullable,
        annotations=second.annotations,
    )


def _merge_choices(first: Schema, second: Schema) -> tuple[Schema, ...]:
    if first.one_of and second.one_of:
        return second.one_of
    return first.any_of or second.any_of


def _merge_constraints(first: Constraints, second: Constraints) -> Constraints:
    """The stricter of each pair; of two patterns or steps the first is checked."""
    return Constraints(
        minimum=_larger(first.minimum, second.minimum),
        maximum=_smaller(first.maximum, second.maximum),
        exclusive_minimum=_larger(first.exclusive_minimum, second.exclusive_minimum),
        exclusive_maximum=_smaller(first.exclusive_maximum, second.exclusive_maximum),
        multiple_of=first.multiple_of or second.multiple_of,
        min_length=_larger(first.min_length, second.min_length),
        max_length=_smaller(first.max_length, second.max_length),
        pattern=first.pattern or second.pattern,
        min_items=_larger(first.min_items, second.min_items),
        max_items=_smaller(first.max_items, second.max_items),
        unique_items=first.unique_items or second.unique_items,
        min_properties=_larger(first.min_properties, second.min_properties),
        max_properties=_smaller(first.max_properties, second.max_properties),
    )


def _larger(first: N | None, second: N | None) -> N | None:
    return max((x for x in (first, second) if x is not None), default=None)


def _smaller(first: N | None, second: N | None) -> N | None:
    return min((x for x in (first, second) if x is not None), default=None)


def _merge_annotations(first: Annotations, second: Annotations) -> Annotations:
    return Annotations(
        title=first.title or second.title,
        description=first.description or second.description,
        default=first.default or second.default,
        examples=first.examples or second.examples,
        deprecated=first.deprecated,
        read_only=first.read_only or second.read_only,
        write_only=first.write_only or second.write_only,
    )
