"""Builds the types of an Api from schemas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..document import Pointer, join_pointer
from ..reading.spec import JsonType, Schema, Value
from .api import (
    AliasDeclaration,
    AnyType,
    BooleanType,
    DeclaredType,
    Doc,
    EnumType,
    IntegerType,
    ListType,
    MapType,
    NullableType,
    NullType,
    NumberType,
    ObjectDeclaration,
    PrefixType,
    Property,
    StringFormat,
    StringType,
    Tagging,
    TupleType,
    Type,
    UnionType,
)
from .build_docs import build_doc
from .build_enums import build_constant, build_enum
from .build_unions import (
    add_nullable,
    combine_variants,
    find_tagging,
    most_specific_first,
    target_of,
    without_null,
)
from .builder import Builder, declare_alias, note_null
from .extent import MOST_LEVELS, MOST_PARTS
from .families import (
    branches_of,
    has_other_tags,
    is_parent_of,
    members_of,
    preset_tags,
    tags_in_family,
    union_pointer,
    without_covered,
)
from .merge import merge_parts, resolve_schema, says_nothing
from .schema_warnings import (
    warn_of_choices,
    warn_of_conflict,
    warn_of_default,
    warn_of_tags,
)

_FORMATS: dict[str, StringFormat] = {
    "date-time": "date-time",
    "date": "date",
    "time": "time",
    "uuid": "uuid",
    "byte": "byte",
    "decimal": "decimal",
}


def build_type(builder: Builder, schema: Schema) -> Type:
    """Build the type of the values that a schema takes."""
    if schema.reference is not None:
        return _build_reference(builder, schema)
    if schema.all_of:
        families = builder.spec.families
        related = schema.pointer in builder.tags or schema.pointer in families
        if not related and (only := _only_part(schema)) is not None:
            part = build_type(builder, only)
            return add_nullable(part) if schema.nullable else part
        schema = merge_parts(builder.spec, schema)
        if schema.never:
            warn_of_conflict(builder, schema)
    built = _bound(builder, schema, _build_without_null(builder, schema))
    built = add_nullable(built) if schema.nullable else built
    return note_null(builder, schema.pointer, built)


def _bound(builder: Builder, schema: Schema, built: Type) -> Type:
    """Tell of a type that nobody could read, and do without it."""
    if not builder.extents.measure(built).is_too_large:
        return built
    builder.diagnostics.error(
        "too-deep",
        f"the type of this is nested more than {MOST_LEVELS} levels deep, or has more "
        f"than {MOST_PARTS:,} parts",
        builder.spec.document.node(schema.pointer),
    )
    return AnyType()


def build_properties(builder: Builder, schema: Schema) -> tuple[Property, ...]:
    """Build the properties that a schema without ``allOf`` names."""
    return tuple(
        _build_property(builder, name, item, name in schema.required)
        for name, item in schema.properties
    )


def is_record(schema: Schema) -> bool:
    """Whether a schema without ``allOf`` is an object whose properties have names."""
    return (
        schema.types in ((), ("object",))
        and bool(schema.properties)
        and schema.enum is None
        and not any(map(_narrows, schema.one_of + schema.any_of))
    )


def _build_reference(builder: Builder, schema: Schema) -> Type:
    pointer = schema.reference
    assert pointer is not None
    if pointer in builder.spec.families:
        return _build_family(builder, pointer)
    return _build_named(builder, pointer)


def _build_family(builder: Builder, pointer: Pointer) -> Type:
    """Build the union of a schema that others extend and of these; it has a name."""
    spec, union = builder.spec, union_pointer(pointer)
    if union not in builder.declarations:
        builder.declarations[union] = None
        name = spec.families[pointer].discriminator.property
        built = {
            member: _build_member(builder, member, name)
            for member in members_of(spec, pointer)
        }
        built[pointer] = without_null(_build_named(builder, pointer))
        default = spec.families[pointer].discriminator.default or pointer
        tags = tags_in_family(spec, pointer)
        tagged = [(tag, built[it]) for tag, it in tags.items() if it != default]
        # Where another schema is the default, the parent may stand for its heirs alone.
        itself = [pointer] if pointer in tags.values() else []
        members = [*branches_of(spec, pointer), default, *itself]
        builder.declarations[union] = AliasDeclaration(
            union,
            UnionType(
                tuple(dict.fromkeys(built[member] for member in members)),
                Tagging(name, tuple(tagged), built[default]),
            ),
            Doc(text=spec.schemas[pointer].annotations.description),
        )
    declared = DeclaredType(union)
    return add_nullable(declared) if spec.schemas[pointer].nullable else declared


def _build_member(builder: Builder, pointer: Pointer, name: str) -> Type:
    """Build an heir; one with heirs that another property tells apart is a union."""
    if has_other_tags(builder.spec, pointer, name):
        return without_null(_build_family(builder, pointer))
    return without_null(_build_named(builder, pointer))


def _build_named(builder: Builder, pointer: Pointer) -> Type:
    target = builder.spec.schemas[pointer]
    if pointer in builder.dissolving:
        builder.dissolving[pointer] = True
        declared = DeclaredType(pointer)
        return add_nullable(declared) if _takes_null(target) else declared
    if builder.declarations.get(pointer) is not None:
        declared = DeclaredType(pointer)
        return add_nullable(declared) if pointer in builder.nullable else declared
    builder.dissolving[pointer] = False
    built = build_type(builder, replace(target, pointer=pointer))
    recurs = builder.dissolving.pop(pointer)
    inner = without_null(built)
    is_declared = inner == DeclaredType(pointer)
    if not is_declared and (recurs or _is_worth_a_name(built)):
        built = declare_alias(builder, pointer, built, target.annotations)
    return note_null(builder, pointer, built)


def _takes_null(schema: Schema) -> bool:
    """Whether a schema takes null, as far as it says so itself."""
    nothing = Value(None)
    choices = schema.one_of + schema.any_of
    return schema.nullable or any(choice.constant == nothing for choice in choices)


def _only_part(schema: Schema) -> Schema | None:
    """The part of an ``allOf`` that alone says something, if the rest does not."""
    beside = replace(schema, all_of=())
    telling = [
        part for part in schema.all_of if not says_nothing(part) or part.required
    ]
    if len(telling) != 1 or not says_nothing(beside) or beside.required:
        return None
    return telling[0]


def _is_worth_a_name(built: Type) -> bool:
    match built:
        case EnumType() | UnionType():
            return True
        case NullableType(inner):
            return _is_worth_a_name(inner)
        case _:
            return False


def _build_without_null(builder: Builder, schema: Schema) -> Type:
    if schema.constant is not None:
        built = build_constant(schema, schema.constant.json)
        if built is not None:
            return built
    if schema.enum is not None and (built := build_enum(builder, schema)) is not None:
        return built
    telling = [
        each for each in (schema.one_of, schema.any_of) if any(map(_narrows, each))
    ]
    if telling:
        if len(telling) > 1:
            warn_of_choices(builder, schema)
        return _build_union(builder, schema, telling[0])
    names = schema.types or _implied_types(schema)
    types = [_build_one_type(builder, schema, name) for name in names]
    return combine_variants(types) if types else AnyType()


def _implied_types(schema: Schema) -> tuple[JsonType, ...]:
    """A schema with properties but no type is meant to be an object."""
    if schema.properties or schema.pattern_properties or schema.additional:
        return ("object",)
    return ("array",) if schema.items or schema.prefix_items else ()


def _narrows(schema: Schema) -> bool:
    """Whether a choice is more than "one of these properties must be there"."""
    return not says_nothing(schema) or schema.nullable


def _build_union(builder: Builder, schema: Schema, choices: tuple[Schema, ...]) -> Type:
    """Build a union; what stands beside the choices is part of each of them."""
    beside = replace(
        schema, one_of=(), any_of=(), discriminator=None, nullable=False, constant=None
    )
    if not says_nothing(beside) or beside.required:
        keyword = "oneOf" if choices is schema.one_of else "anyOf"
        both = [
            Schema(
                pointer=join_pointer(schema.pointer, keyword, index),
                all_of=(beside, choice),
            )
            for index, choice in enumerate(choices)
        ]
        # A choice that contradicts what stands beside it is none.
        possible = [each for each in both if not merge_parts(builder.spec, each).never]
        choices = tuple(possible or both)
    if schema.discriminator is None:
        choices = without_covered(builder.spec, choices)
    types = [_build_choice(builder, choice, choices) for choice in choices]
    return _tell_apart(builder, schema, choices, types)


def _tell_apart(
    builder: Builder,
    schema: Schema,
    choices: tuple[Schema, ...],
    types: Sequence[Type],
) -> Type:
    """Build a union whose variants a property tells apart, or else their order."""
    kept = [
        (choice, without_null(built))
        for choice, built in zip(choices, types, strict=True)
        if built != NullType()
    ]
    objects = [built for _, built in kept]
    default = _build_default(builder, schema, kept)
    tagging = find_tagging(
        builder.spec, schema, [each for each, _ in kept], objects, default
    )
    warn_of_tags(builder, schema, len(kept), tagging)
    if tagging is None:
        return combine_variants(most_specific_first(builder.spec, choices, types))
    variants = [*objects, tagging.otherwise] if tagging.otherwise else objects
    union = UnionType(tuple(dict.fromkeys(variants)), tagging)
    return union if objects == types else add_nullable(union)


def _build_default(
    builder: Builder, schema: Schema, kept: Sequence[tuple[Schema, Type]]
) -> Type | None:
    """Build what objects are whose tag tells nothing: a choice, or an heir of one."""
    default = schema.discriminator and schema.discriminator.default
    if schema.discriminator is None or default is None:
        return None
    families = builder.spec.families
    for choice, built in kept:
        if target_of(choice) == default:
            return built
    for choice, _ in kept:
        target = target_of(choice)
        if target in families and default in members_of(builder.spec, target):
            return _build_member(builder, default, schema.discriminator.property)
    warn_of_default(builder, schema)
    return None


def _build_choice(
    builder: Builder, choice: Schema, choices: tuple[Schema, ...]
) -> Type:
    """Build a choice; a schema that stands beside its heirs is itself alone."""
    if choice.reference and is_parent_of(builder.spec, choice, choices):
        return _build_named(builder, choice.reference)
    return build_type(builder, choice)


def _build_one_type(builder: Builder, schema: Schema, name: JsonType) -> Type:
    match name:
        case "string":
            return StringType(_FORMATS.get(schema.format, "text"))
        case "integer":
            return IntegerType()
        case "number":
            return NumberType()
        case "boolean":
            return BooleanType()
        case "array":
            return _build_array(builder, schema)
        case "object":
            return _build_object(builder, schema)


def _build_array(builder: Builder, schema: Schema) -> Type:
    rest = AnyType() if schema.items is None else build_type(builder, schema.items)
    if not schema.prefix_items:
        return ListType(rest)
    prefix = tuple(build_type(builder, item) for item in schema.prefix_items)
    if _is_of_fixed_length(schema):
        return TupleType(prefix)
    ends = schema.items is not None and schema.items.never
    return PrefixType(prefix, combine_variants(prefix) if ends else rest)


def _is_of_fixed_length(schema: Schema) -> bool:
    """Whether an array has just the items that have types of their own."""
    size, demands = len(schema.prefix_items), schema.constraints
    ends = schema.items is not None and schema.items.never
    return demands.min_items == size and (ends or demands.max_items == size)


def _build_object(builder: Builder, schema: Schema) -> Type:
    if not schema.properties:
        return MapType(_build_additional(builder, schema) or AnyType())
    pointer = schema.pointer
    if pointer not in builder.declarations:
        builder.declarations[pointer] = None
        properties = build_properties(builder, schema)
        tags = builder.tags.get(pointer, {})
        builder.declarations[pointer] = ObjectDeclaration(
            pointer,
            preset_tags(tags, properties, builder.declarations),
            _build_additional(builder, schema),
            Doc(
                title=schema.annotations.title,
                text=schema.annotations.description,
                deprecated=schema.annotations.deprecated,
            ),
        )
    return DeclaredType(pointer)


def _build_additional(builder: Builder, schema: Schema) -> Type | None:
    """Build the type of properties that are not named, by pattern or otherwise."""
    patterns = [build_type(builder, item) for _, item in schema.pattern_properties]
    if schema.additional is None:
        return None if not patterns or schema.properties else combine_variants(patterns)
    if schema.additional.never:
        return combine_variants(patterns) if patterns else None
    return combine_variants([*patterns, build_type(builder, schema.additional)])


def _build_property(
    builder: Builder, name: str, schema: Schema, required: bool
) -> Property:
    built = build_type(builder, schema)
    resolved = resolve_schema(builder.spec, schema)
    return Property(
        pointer=schema.pointer,
        name=name,
        type=built,
        required=required,
        read_only=schema.annotations.read_only or resolved.annotations.read_only,
        write_only=schema.annotations.write_only or resolved.annotations.write_only,
        doc=build_doc(builder, schema),
    )
