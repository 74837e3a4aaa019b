"""Media types with their schemas: what is in them, and what is not made of it."""

from __future__ import annotations

from ..reading.spec import MediaType, Schema
from .builder import Builder
from .media_types import essence_of, is_json, is_text
from .merge import as_whole


def holds_json(builder: Builder, media: MediaType) -> bool:
    """Whether what has a media type is JSON; a range is, but for what is binary."""
    if essence_of(media.content_type) not in ("*/*", "application/*"):
        return is_json(media.content_type)
    return media.schema is None or not is_file(as_whole(builder.spec, media.schema))


def is_file(schema: Schema) -> bool:
    """Whether a whole schema is of bytes that are no JSON."""
    return schema.types == ("string",) and schema.format in ("binary", "file")


def warn_of_structure(builder: Builder, media: MediaType, done: str) -> None:
    """Tell that what has parts is passed as a whole, in a form that is not read."""
    whole = None if media.schema is None else as_whole(builder.spec, media.schema)
    if whole is None or not (whole.properties or {"object", "array"} & {*whole.types}):
        return
    kind = "text" if is_text(media.content_type) else "bytes"
    builder.diagnostics.warning(
        "unsupported-media-type",
        f'"{media.content_type}" is {done} as {kind}, '
        "not as what its schema describes",
        builder.spec.document.node(media.pointer),
    )


def warn_of_items(builder: Builder, media: MediaType) -> None:
    """Tell that what is described item by item is passed as a whole."""
    if media.item_schema is not None:
        place = builder.spec.document.node(media.pointer)
        message = f'"{media.content_type}" is taken as a whole, not item by item'
        builder.diagnostics.warning("unsupported-sequence", message, place)
