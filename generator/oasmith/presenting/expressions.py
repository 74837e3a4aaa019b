"""Writes types as annotations, and as the decoders that read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from ..building.api import (
    AnyType,
    BinaryType,
    BooleanType,
    ConstantType,
    DeclaredType,
    EnumType,
    IntegerType,
    ListType,
    MapType,
    NullableType,
    NullType,
    NumberType,
    PrefixType,
    StringFormat,
    StringType,
    TupleType,
    Type,
    UnionType,
)
from ..layout.package import Package
from ..layout.symbols import ANY, DATETIME, LITERAL, runtime, standard
from .code import Code, fill, join, use
from .literals import make_literal

_STRINGS: Mapping[StringFormat, Code] = {
    "text": Code("str"),
    "date-time": Code("dt.datetime", frozenset([DATETIME])),
    "date": Code("dt.date", frozenset([DATETIME])),
    "time": Code("dt.time", frozenset([DATETIME])),
    "uuid": use(standard("uuid", "UUID")),
    "byte": Code("bytes"),
    "decimal": use(standard("decimal", "Decimal")),
}

_STRING_DECODERS: Mapping[StringFormat, str] = {
    "text": "decode_str",
    "date-time": "decode_datetime",
    "date": "decode_date",
    "time": "decode_time",
    "uuid": "decode_uuid",
    "byte": "decode_bytes",
    "decimal": "decode_decimal",
}


def annotate(package: Package, built: Type, *, is_open: bool) -> Code:
    """Write a type as an annotation.

    Args:
        package: Where declared types stand.
        built: The type.
        is_open: Whether enums may hold values that the description does not know.
    """
    match built:
        case AnyType():
            return use(ANY)
        case NullType():
            return Code("None")
        case BooleanType():
            return Code("bool")
        case IntegerType():
            return Code("int")
        case NumberType():
            return Code("float")
        case StringType(format):
            return _STRINGS[format]
        case BinaryType():
            file, source = use(runtime("File")), use(runtime("FileSource"))
            return fill("{} | {}", file, source)
        case ConstantType(value):
            return _literal([value])
        case EnumType(values):
            return _open(_literal(values), values, is_open)
        case NullableType(inner):
            return fill("{} | None", annotate(package, inner, is_open=is_open))
        case ListType(item):
            return fill("list[{}]", annotate(package, item, is_open=is_open))
        case TupleType(items):
            each = [annotate(package, item, is_open=is_open) for item in items]
            return fill("tuple[{}]", join(", ", each))
        case PrefixType(prefix, rest):
            either = _alternatives(package, [*prefix, rest], is_open)
            return fill("list[{}]", either)
        case MapType(value):
            return fill("dict[str, {}]", annotate(package, value, is_open=is_open))
        case UnionType(variants):
            return _alternatives(package, variants, is_open)
        case DeclaredType(pointer):
            return _annotate_declared(package, pointer, is_open)
        case _:
            assert_never(built)


def decoder(package: Package, built: Type) -> Code:
    """Write the function that decodes a type from JSON."""
    match built:
        case AnyType() | BinaryType():
            return use(runtime("decode_any"))
        case NullType():
            return use(runtime("decode_null"))
        case BooleanType():
            return use(runtime("decode_bool"))
        case IntegerType():
            return use(runtime("decode_int"))
        case NumberType():
            return use(runtime("decode_float"))
        case StringType(format):
            return use(runtime(_STRING_DECODERS[format]))
        case ConstantType(value):
            return fill("{}({})", use(runtime("constant")), Code(make_literal(value)))
        case EnumType(values):
            return _decode_enum(values)
        case NullableType(inner):
            return fill("{}({})", use(runtime("nullable")), decoder(package, inner))
        case ListType(AnyType()):
            return use(runtime("decode_array"))
        case ListType(item):
            return fill("{}({})", use(runtime("list_of")), decoder(package, item))
        case TupleType(items):
            each = join(", ", [decoder(package, item) for item in items])
            return fill("{}({})", use(runtime("tuple_of")), each)
        case PrefixType(prefix, rest):
            first = join(", ", [decoder(package, item) for item in prefix])
            items_of = use(runtime("items_of"))
            return fill("{}({}, rest={})", items_of, first, decoder(package, rest))
        case MapType(AnyType()):
            return use(runtime("decode_object"))
        case MapType(value):
            return fill("{}({})", use(runtime("map_of")), decoder(package, value))
        case UnionType():
            return _decode_union(package, built)
        case DeclaredType(pointer):
            return _decode_declared(package, pointer)
        case _:
            assert_never(built)


def or_unset(annotation: Code) -> Code:
    """An annotation of something that may be absent; null, if any, comes last."""
    unset = use(runtime("Unset"))
    if annotation.text == "None":
        return fill("{} | {}", unset, annotation)
    if annotation.text.endswith(" | None"):
        before = Code(annotation.text.removesuffix(" | None"), annotation.symbols)
        return fill("{} | {} | None", before, unset)
    return fill("{} | {}", annotation, unset)


def _literal(values: Sequence[str | int]) -> Code:
    listed = ", ".join(map(make_literal, values))
    return fill("{}[{}]", use(LITERAL), Code(listed))


def _open(literal: Code, values: Sequence[str | int], is_open: bool) -> Code:
    if not is_open:
        return literal
    kinds = dict.fromkeys(type(value).__name__ for value in values)
    return Code(f"{literal.text} | {' | '.join(kinds)}", literal.symbols)


def _alternatives(package: Package, types: Sequence[Type], is_open: bool) -> Code:
    """Write the types side by side, each once, null last."""
    written: dict[str, Code] = {}
    for built in types:
        code = annotate(package, built, is_open=is_open)
        for part in [code] if "[" in code.text else _split(code):
            written.setdefault(part.text, part)
    if any(part.text == "Any" for part in written.values()):
        return use(ANY)
    nothing = written.pop("None", None)
    return join(" | ", [*written.values(), *([nothing] if nothing else [])])


def _split(code: Code) -> list[Code]:
    return [Code(text, code.symbols) for text in code.text.split(" | ")]


def _annotate_declared(package: Package, pointer: str, is_open: bool) -> Code:
    model = package.models[pointer]
    name = use(model.symbol)
    declared = getattr(model.declaration, "type", None)
    if isinstance(declared, EnumType):
        return _open(name, declared.values, is_open)
    return name


def _decode_enum(values: Sequence[str | int]) -> Code:
    decoders = dict.fromkeys(
        "decode_str" if isinstance(value, str) else "decode_int" for value in values
    )
    each = [use(runtime(name)) for name in decoders]
    if len(each) == 1:
        return each[0]
    return fill("{}({})", use(runtime("one_of")), join(", ", each))


def _decode_union(package: Package, built: UnionType) -> Code:
    if built.tag is None:
        each = [decoder(package, variant) for variant in built.variants]
        return fill("{}({})", use(runtime("one_of")), join(", ", each))
    pairs = [
        fill("{}: {}", Code(make_literal(tag)), decoder(package, variant))
        for tag, variant in built.tag.variants
    ]
    table = join(", ", pairs)
    name = Code(make_literal(built.tag.property))
    if built.tag.otherwise is None:
        return fill("{}({}, {{{}}})", use(runtime("tagged")), name, table)
    otherwise = decoder(package, built.tag.otherwise)
    tagged = use(runtime("tagged"))
    return fill("{}({}, {{{}}}, otherwise={})", tagged, name, table, otherwise)


def _decode_declared(package: Package, pointer: str) -> Code:
    model = package.models[pointer]
    declared = getattr(model.declaration, "type", None)
    if isinstance(declared, EnumType):
        return _decode_enum(declared.values)
    if model.decoder is not None:
        return use(model.decoder)
    return fill("{}.from_dict", use(model.symbol))
