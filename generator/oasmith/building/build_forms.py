"""Builds forms: the fields of those that are url-encoded, and the parts of others."""

from __future__ import annotations

from dataclasses import replace

from ..document import join_pointer
from ..reading.spec import Encoding, MediaType, RequestBody, Schema, Value
from .api import (
    AnyType,
    BinaryType,
    FormBody,
    ListType,
    NullableType,
    Property,
    StringType,
    Type,
    UnionType,
)
from .build_docs import build_doc
from .build_types import build_properties, is_record
from .builder import Builder
from .media import is_file
from .media_types import essence_of, is_json, is_text
from .merge import as_whole, says_nothing

_MADE = ("content-disposition", "content-type")
"""The headers of a part that are made of its name, its file name and its type."""


def build_form(
    builder: Builder, body: RequestBody, media: MediaType, whole: Schema
) -> FormBody:
    """Build a form, whose fields are the properties of an object."""
    _warn_of_nameless(builder, media, whole)
    kept = {name: _kept_encoding(each) for name, each in media.encoding.items()}
    media = replace(media, encoding=kept)
    essence = essence_of(media.content_type)
    fields = [each for each in build_properties(builder, whole) if not each.read_only]
    _warn_of_positions(builder, media)
    schemas = dict(whole.properties)
    if essence.startswith("multipart/"):
        fields = [
            _build_part(builder, media, each, schemas[each.name]) for each in fields
        ]
        _warn_of_styles(builder, media, whole)
    fields = [
        _build_as_written(builder, media, each, schemas[each.name]) for each in fields
    ]
    return FormBody(
        pointer=body.pointer,
        content_type=essence,
        required=body.required,
        fields=tuple(fields),
        encoding=media.encoding,
        doc=build_doc(builder, media.schema or whole, body.description),
    )


def _build_part(
    builder: Builder, media: MediaType, field: Property, schema: Schema
) -> Property:
    """Build a part; one that may have headers of its own can be a file that has."""
    encoding = media.encoding.get(field.name)
    kind = encoding.content_type if encoding else None
    by_default = media.untyped_is_binary and not (kind and _is_readable(kind))
    built = _part_type(builder, schema, field.type, by_default)
    if encoding and encoding.headers:
        built = _or_file(built)
    return replace(field, type=built)


def _build_as_written(
    builder: Builder, media: MediaType, field: Property, schema: Schema
) -> Property:
    """Build a field that only the caller can write: an object that is not JSON."""
    encoding = media.encoding.get(field.name)
    if encoding is None or encoding.is_styled:
        return field
    kind = essence_of(encoding.sole_type or "")
    whole = kind.startswith("multipart/")
    # JSON is text, and what asks for plain text gets it.
    is_text_or_json = kind == "text/plain" or kind.endswith("json")
    if kind and not is_text_or_json:
        found = as_whole(builder.spec, schema)
        item = found.items or found
        if not is_file(item) and (whole or _is_object(builder, item)):
            _warn_of_encoding(
                builder,
                media,
                field,
                f'"{field.name}" is "{encoding.content_type}", and is passed as it is '
                "to be sent",
            )
            in_parts = essence_of(media.content_type).startswith("multipart/")
            built = BinaryType() if in_parts else StringType()
            is_list = found.items is not None and not whole
            return replace(field, type=ListType(built) if is_list else built)
    if encoding.is_nested:
        told = f'how the parts of "{field.name}" are encoded is not used'
        _warn_of_encoding(builder, media, field, told)
    return field


def _is_object(builder: Builder, schema: Schema) -> bool:
    found = as_whole(builder.spec, schema)
    return "object" in found.types or is_record(found)


def _warn_of_encoding(
    builder: Builder, media: MediaType, field: Property, message: str
) -> None:
    place = join_pointer(media.pointer, "encoding", field.name)
    node = builder.spec.document.node(place)
    builder.diagnostics.warning("unsupported-encoding", message, node)


def _warn_of_positions(builder: Builder, media: MediaType) -> None:
    if media.is_positional:
        builder.diagnostics.warning(
            "unsupported-encoding",
            "the fields of the form have names, and what is said of them by position "
            "is not used",
            builder.spec.document.node(media.pointer),
            help='say it under "encoding", by name',
        )


def _is_readable(content_type: str) -> bool:
    return is_json(content_type) or is_text(content_type)


def _part_type(
    builder: Builder, schema: Schema, built: Type, untyped_is_binary: bool
) -> Type:
    """The type of a part: a file, some files, or what its schema says."""
    found = as_whole(builder.spec, schema)
    if is_file(found):
        return BinaryType()
    if untyped_is_binary and not found.types and says_nothing(found):
        return BinaryType()
    match built, found.items, _only_choice(builder, found):
        case ListType(item), Schema() as items, _:
            return ListType(_part_type(builder, items, item, untyped_is_binary))
        case NullableType(inner), _, Schema() as choice:
            return NullableType(_part_type(builder, choice, inner, False))
        case _:
            return built


def _only_choice(builder: Builder, schema: Schema) -> Schema | None:
    """What a choice between something and null is."""
    choices = [
        each
        for each in schema.one_of or schema.any_of
        if as_whole(builder.spec, each).constant != Value(None)
    ]
    return choices[0] if len(choices) == 1 else None


def _or_file(built: Type) -> Type:
    match built:
        case AnyType() | BinaryType():
            return built
        case NullableType(inner):
            return NullableType(_or_file(inner))
        case ListType(item):
            return ListType(_or_file(item))
        case _:
            return UnionType((built, BinaryType()))


def _kept_encoding(encoding: Encoding) -> Encoding:
    """An encoding without the headers that the other members of a file make."""
    kept = [each for each in encoding.headers if each.name.lower() not in _MADE]
    return replace(encoding, headers=tuple(kept))


def _warn_of_nameless(builder: Builder, media: MediaType, whole: Schema) -> None:
    if whole.additional is not None and not whole.additional.never:
        builder.diagnostics.warning(
            "unsupported-form",
            "fields of the form that have no names can't be sent",
            builder.spec.document.node(media.pointer),
        )


def _warn_of_styles(builder: Builder, media: MediaType, whole: Schema) -> None:
    """Tell of parts that are to be spread over several by a style."""
    for name, schema in whole.properties:
        encoding = media.encoding.get(name)
        if encoding is None or not (encoding.is_styled and encoding.is_exploded):
            continue
        if is_record(as_whole(builder.spec, schema)):
            builder.diagnostics.warning(
                "unsupported-encoding",
                f'the part "{name}" is sent as JSON, not in its style '
                f'"{encoding.style or "form"}"',
                builder.spec.document.node(media.pointer),
            )
