"""Builds unions: which types they hold, and what tells these apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..document import Pointer, split_pointer
from ..reading.spec import Schema, Spec
from .api import (
    AnyType,
    ConstantType,
    DeclaredType,
    EnumType,
    IntegerType,
    MapType,
    NullableType,
    NullType,
    NumberType,
    StringType,
    Tagging,
    Type,
    UnionType,
)
from .families import tags_in_family
from .merge import flatten, resolve_schema


def add_nullable(built: Type) -> Type:
    """Let a type take null besides its values."""
    match built:
        case AnyType() | NullType() | NullableType():
            return built
        case _:
            return NullableType(built)


def without_null(built: Type) -> Type:
    """A type that takes what another takes, but for null."""
    return built.type if isinstance(built, NullableType) else built


def combine_variants(types: Sequence[Type]) -> Type:
    """Build the simplest type that takes what any of the types takes."""
    variants: list[Type] = []
    nullable = False
    for variant in _spread(types):
        if isinstance(variant, NullType):
            nullable = True
        elif variant not in variants:
            variants.append(variant)
    if any(isinstance(variant, AnyType) for variant in variants):
        return AnyType()
    variants = _join_enums(_drop_covered(variants))
    if not variants:
        return NullType()
    built = variants[0] if len(variants) == 1 else UnionType(tuple(variants))
    return add_nullable(built) if nullable else built


def find_tagging(
    spec: Spec,
    schema: Schema,
    choices: Sequence[Schema],
    types: Sequence[Type],
    default: Type | None,
) -> Tagging | None:
    """Find the string property that tells the variants of a union apart.

    It is the discriminator's (OpenAPI 3.0.4 section 4.8.25), or else one that is
    required in every variant and has values of its own in each. A variant is an object
    with properties; the default (OpenAPI 3.2.0 section 4.25) may be any object.
    """
    if not types or not all(
        isinstance(built, DeclaredType)
        or (built == default and isinstance(built, MapType))
        for built in types
    ):
        return None
    if schema.discriminator is None:
        return _find_implicit_tagging(spec, choices, types)
    by_pointer = {
        target_of(choice): built for choice, built in zip(choices, types, strict=True)
    }
    name = schema.discriminator.property
    tagged: dict[str, Type] = {}
    for tag, pointer in schema.discriminator.mapping:
        if (built := by_pointer.get(pointer)) is not None:
            tagged[tag] = built
    own = [set(_tags_of(spec, choice, name)) for choice in choices]
    for choice, (pointer, built) in zip(choices, by_pointer.items(), strict=False):
        if built not in tagged.values():
            tags = _tags_of(spec, choice, name)
            # What several choices have comes from a parent, and tells nothing.
            telling = [tag for tag in tags if sum(tag in each for each in own) == 1]
            for tag in telling or [split_pointer(pointer)[-1]]:
                tagged.setdefault(tag, built)
    for pointer, built in by_pointer.items():
        family = spec.families.get(pointer)
        if family is not None and family.discriminator.property == name:
            for tag, target in tags_in_family(spec, pointer).items():
                tagged.setdefault(tag, by_pointer.get(target, built))
    told = tuple(pair for pair in tagged.items() if pair[1] != default)
    return Tagging(name, told, default)


def target_of(choice: Schema) -> Pointer:
    """The schema that a choice names, also where siblings were merged into it."""
    for part in (choice, *choice.all_of):
        if part.reference is not None:
            return part.reference
    return choice.pointer


def most_specific_first(
    spec: Spec, choices: Sequence[Schema], types: Sequence[Type]
) -> list[Type]:
    """Order the variants so that trying them in turn finds the one that is meant.

    What asks for more goes first: a variant that requires more properties, a string
    with a format before any string, an integer before any number.
    """
    ranked = sorted(
        zip(choices, types, strict=True),
        key=lambda pair: _generality(spec, pair[0], pair[1]),
    )
    return [built for _, built in ranked]


def _generality(spec: Spec, choice: Schema, built: Type) -> int:
    match built:
        case NullableType(inner):
            return _generality(spec, choice, inner)
        case DeclaredType():
            parts = flatten(spec, (choice,), set())
            return -len({name for part in parts for name in part.required})
        case StringType("text") | NumberType():
            return 2
        case ConstantType() | EnumType() | StringType():
            return 0
        case _:
            return 1


def _find_implicit_tagging(
    spec: Spec, choices: Sequence[Schema], types: Sequence[Type]
) -> Tagging | None:
    for name in _required_names(spec, choices[0]):
        tags = [_tags_of(spec, choice, name) for choice in choices]
        listed = [tag for found in tags for tag in found]
        if all(tags) and len(set(listed)) == len(listed):
            pairs = zip(tags, types, strict=True)
            return Tagging(name, tuple((t, built) for ts, built in pairs for t in ts))
    return None


def _required_names(spec: Spec, choice: Schema) -> Iterable[str]:
    return dict.fromkeys(
        name for part in flatten(spec, (choice,), set()) for name in part.required
    )


def _tags_of(spec: Spec, choice: Schema, name: str) -> list[str]:
    """The strings that a required property of a variant is limited to."""
    if name not in _required_names(spec, choice):
        return []
    for part in flatten(spec, (choice,), set()):
        item = dict(part.properties).get(name)
        if item is None:
            continue
        found = resolve_schema(spec, item)
        if found.constant is not None and isinstance(found.constant.json, str):
            return [found.constant.json]
        values = found.enum or ()
        if values and all(isinstance(value, str) for value in values):
            return list(values)
    return []


def _spread(types: Iterable[Type]) -> Iterable[Type]:
    """The types that a union of these holds, with null beside the others."""
    for built in types:
        match built:
            case UnionType(variants, tag=None):
                yield from _spread(variants)
            case NullableType(inner):
                yield from _spread([inner])
                yield NullType()
            case _:
                yield built


def _drop_covered(variants: list[Type]) -> list[Type]:
    """Leave out what another variant takes as well."""
    has_text = StringType() in variants
    has_number = NumberType() in variants
    return [
        variant
        for variant in variants
        if not (has_number and isinstance(variant, IntegerType))
        and not (
            has_text and isinstance(variant, StringType) and variant.format != "text"
        )
        and not (has_text and _is_of_strings(variant))
    ]


def _is_of_strings(variant: Type) -> bool:
    match variant:
        case EnumType(values):
            return all(isinstance(value, str) for value in values)
        case ConstantType(value):
            return isinstance(value, str)
        case _:
            return False


def _join_enums(variants: list[Type]) -> list[Type]:
    """Make one enum of several, and of constants: ``oneOf`` is often used so."""
    scalars = [v for v in variants if isinstance(v, EnumType | ConstantType)]
    values = [
        value
        for variant in scalars
        for value in (
            variant.values if isinstance(variant, EnumType) else (variant.value,)
        )
        if type(value) in (str, int)
    ]
    if (
        len(values) < 2
        or len(scalars) != len(variants)
        or ConstantType(True) in scalars
    ):
        return variants
    return [EnumType(tuple(dict.fromkeys(values)))]
