"""What media types mean: JSON, text, files; and what is not made of them."""

from __future__ import annotations

from ..reading.spec import MediaType, Schema
from .builder import Builder
from .merge import merge_parts, resolve_schema


def is_json(content_type: str) -> bool:
    """Whether a media type is JSON (RFC 6839 section 3.1)."""
    essence = essence_of(content_type)
    return essence in ("application/json", "text/json") or essence.endswith("+json")


def holds_json(builder: Builder, media: MediaType) -> bool:
    """Whether what has a media type is JSON; a range is, but for what is binary."""
    if essence_of(media.content_type) not in ("*/*", "application/*"):
        return is_json(media.content_type)
    return media.schema is None or not is_file(as_whole(builder, media.schema))


def essence_of(content_type: str) -> str:
    """A media type without its parameters, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def is_text(essence: str) -> bool:
    return essence.startswith("text/") or essence.endswith(("/xml", "+xml"))


def is_lines(essence: str) -> bool:
    """Whether it is JSON Lines, which goes by many names; few are registered."""
    return essence.removeprefix("application/").removeprefix("x-") in _LINES


_LINES = frozenset(
    {"jsonl", "ndjson", "jsonlines", "json-lines", "ldjson", "json-stream"}
)


def is_sequence(essence: str) -> bool:
    """Whether it is a sequence of JSON texts (RFC 7464, RFC 8091)."""
    return essence == "application/json-seq" or essence.endswith("+json-seq")


def is_file(schema: Schema) -> bool:
    return schema.types == ("string",) and schema.format in ("binary", "file")


def as_whole(builder: Builder, schema: Schema) -> Schema:
    """A schema with its references followed and its parts merged."""
    resolved = resolve_schema(builder.spec, schema)
    return merge_parts(builder.spec, resolved)


def warn_of_structure(
    builder: Builder, media: MediaType, done: str, is_text: bool
) -> None:
    """Tell that what has parts is passed as a whole, in a form that is not read."""
    whole = None if media.schema is None else as_whole(builder, media.schema)
    if whole is None or not (whole.properties or {"object", "array"} & {*whole.types}):
        return
    builder.diagnostics.warning(
        "unsupported-media-type",
        f'"{media.content_type}" is {done} as {"text" if is_text else "bytes"}, '
        "not as what its schema describes",
        builder.spec.document.node(media.pointer),
    )


def warn_of_items(builder: Builder, media: MediaType) -> None:
    if media.item_schema is not None:
        place = builder.spec.document.node(media.pointer)
        message = f'"{media.content_type}" is taken as a whole, not item by item'
        builder.diagnostics.warning("unsupported-sequence", message, place)
