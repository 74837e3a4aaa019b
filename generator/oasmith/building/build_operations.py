"""Builds operations: their parameters, bodies and responses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..document import join_pointer
from ..reading.spec import MediaType, ParameterPlace, RequestBody, Schema
from ..reading.spec import Operation as SpecOperation
from ..reading.spec import Parameter as SpecParameter
from .api import (
    AnyType,
    Body,
    Doc,
    JsonBody,
    LinesBody,
    Operation,
    Parameter,
    Property,
    RawBody,
    StringType,
    Variant,
)
from .build_docs import build_doc
from .build_forms import build_form
from .build_headers import merge_headers
from .build_responses import (
    build_item,
    build_responses,
    given_as_a_whole,
    given_item_by_item,
)
from .build_types import (
    build_properties,
    build_type,
    is_record,
)
from .builder import Builder
from .media import holds_json, warn_of_items, warn_of_structure
from .media_types import essence_of, is_json, is_lines, is_text
from .merge import as_whole, merge_parts

_FRAMING = frozenset(
    {"host", "content-length", "transfer-encoding", "connection", "accept-encoding"}
)


def build_operations(builder: Builder, operation: SpecOperation) -> Iterator[Operation]:
    """Build what an operation takes and gives, once for each kind of body it takes.

    What it gives either as a whole or item by item is given by an operation each.
    """
    bodies = list(_build_bodies(builder, operation.body)) if operation.body else []
    whole = _build_operation(builder, operation, bodies[0][1] if bodies else None)
    first = replace(whole, responses=given_as_a_whole(whole.responses))
    yield first
    for written, body in bodies[1:]:
        place = (first.pointer, "requestBody", "content", written)
        variant = Variant(first.pointer, body.content_type)
        pointer = join_pointer(*place)
        yield replace(first, pointer=pointer, variant=variant, body=body, headers=())
    if first.responses != whole.responses:
        yield _build_streaming(builder, whole, has_other_bodies=len(bodies) > 1)


def _build_streaming(
    builder: Builder, whole: Operation, *, has_other_bodies: bool
) -> Operation:
    responses = given_item_by_item(whole.responses)
    status, content_type = next(
        (each.status, content_type)
        for each in responses
        if not each.is_error
        for content_type, _ in each.content
    )
    if has_other_bodies:
        builder.diagnostics.warning(
            "unsupported-stream",
            f'"{content_type}" is given for one media type of the body alone',
            builder.spec.document.node(whole.pointer),
        )
    place = (whole.pointer, "responses", status, "content", content_type)
    variant = Variant(whole.pointer, None, streams=True)
    pointer = join_pointer(*place)
    return replace(
        whole, pointer=pointer, variant=variant, responses=responses, headers=()
    )


def _build_operation(
    builder: Builder, operation: SpecOperation, body: Body | None
) -> Operation:
    responses = build_responses(builder, operation)
    return Operation(
        pointer=operation.pointer,
        variant=None,
        method=operation.method,
        path=operation.path,
        operation_id=operation.operation_id,
        tags=operation.tags,
        summary=operation.summary,
        doc=Doc(
            title=operation.summary,
            text=operation.description,
            deprecated=operation.deprecated,
        ),
        parameters=tuple(
            _build_parameter(builder, each)
            for each in operation.parameters
            if not _is_framing(builder, each)
        ),
        body=body,
        responses=responses,
        headers=merge_headers(builder, responses),
        security=operation.security,
        server=_server_of(builder, operation),
    )


def _server_of(builder: Builder, operation: SpecOperation) -> str | None:
    """The absolute URL that an operation has for itself."""
    for server in operation.servers[:1]:
        if server.is_whole:
            return server.url
        problem = "has what no variable is for" if "{" in server.url else "is relative"
        if server.is_absolute:
            problem = server.problem
        builder.diagnostics.warning(
            "relative-server",
            f'"{server.url}" {problem}, so the client\'s base URL is used',
            builder.spec.document.node(operation.pointer),
        )
    return None


def _build_parameter(builder: Builder, parameter: SpecParameter) -> Parameter:
    built = build_type(builder, parameter.schema)
    doc = build_doc(builder, parameter.schema, parameter.description)
    content_type = parameter.content_type
    if content_type is not None and not _is_written(parameter.place, content_type):
        _warn_of_content(builder, parameter)
        built, content_type = StringType(), None
    return Parameter(
        pointer=parameter.pointer,
        name=parameter.name,
        place=parameter.place,
        required=parameter.required,
        type=built,
        style=parameter.style,
        explode=parameter.explode,
        allow_reserved=parameter.allow_reserved,
        content_type=content_type and essence_of(content_type),
        doc=replace(doc, deprecated=doc.deprecated or parameter.deprecated),
    )


def _is_framing(builder: Builder, parameter: SpecParameter) -> bool:
    """Whether a parameter is a header that only the transport can know."""
    if parameter.place != "header" or parameter.name.lower() not in _FRAMING:
        return False
    builder.diagnostics.warning(
        "reserved-header",
        f'the header "{parameter.name}" is no argument, as the transport writes it',
        builder.spec.document.node(parameter.pointer),
    )
    return True


def _is_written(place: ParameterPlace, content_type: str) -> bool:
    """Whether values can be written in a media type for a place."""
    is_form = essence_of(content_type) == "application/x-www-form-urlencoded"
    return is_json(content_type) or (place == "querystring" and is_form)


def _warn_of_content(builder: Builder, parameter: SpecParameter) -> None:
    builder.diagnostics.warning(
        "unsupported-media-type",
        f'the {parameter.place} parameter "{parameter.name}" is passed as text, '
        f'which must be "{parameter.content_type}"',
        builder.spec.document.node(parameter.pointer),
    )


def _build_bodies(builder: Builder, body: RequestBody) -> Iterator[tuple[str, Body]]:
    """Build a body for each media type, but one for all that are plain JSON alike.

    The one that is the simplest to give comes first. Each has its media type beside
    it, as it is written. What is "+json" means something of its own (RFC 6839).
    """
    # One that refers to nothing is empty, too, and told elsewhere.
    if not body.content and "content" in builder.spec.document.find(body.pointer):
        builder.diagnostics.warning(
            "empty-content",
            "a body without media types can't be sent",
            builder.spec.document.node(body.pointer),
        )
    taken: list[object] = []
    for media in sorted(body.content, key=lambda each: _preference(builder, each)):
        essence = essence_of(media.content_type)
        is_plain = essence in ("application/json", "text/json") or "*" in essence
        if is_plain and holds_json(builder, media):
            written = _written_schema(builder, media)
            if written in taken:
                continue
            taken.append(written)
        yield media.content_type, _build_media(builder, body, media)


def _written_schema(builder: Builder, media: MediaType) -> object:
    """The schema of a media type as it is written."""
    written = builder.spec.document.find(media.pointer)
    return written.get("schema")


def _preference(builder: Builder, media: MediaType) -> int:
    essence = essence_of(media.content_type)
    if holds_json(builder, media):
        return 0 if essence == "application/json" else 1
    if essence == "multipart/form-data":
        return 2
    if essence == "application/x-www-form-urlencoded":
        return 3
    return 4 if essence.startswith("text/") else 5


def _build_media(builder: Builder, body: RequestBody, media: MediaType) -> Body:
    essence = essence_of(media.content_type)
    schema = media.schema or Schema(pointer=media.pointer)
    doc = build_doc(builder, schema, body.description)
    is_form = essence == "application/x-www-form-urlencoded"
    if is_lines(essence):
        return LinesBody(
            pointer=body.pointer,
            content_type=media.content_type,
            required=body.required,
            item=build_item(builder, media),
            doc=doc,
        )
    warn_of_items(builder, media)
    if holds_json(builder, media):
        return _build_json_body(builder, body, media, schema)
    if is_form or essence.startswith("multipart/"):
        whole = as_whole(builder.spec, schema)
        if is_record(whole):
            return build_form(builder, body, media, whole)
        builder.diagnostics.warning(
            "unsupported-form",
            f'a "{essence}" whose fields have no names is passed as it is to be sent',
            builder.spec.document.node(media.pointer),
        )
    else:
        warn_of_structure(builder, media, "sent")
    return RawBody(
        pointer=body.pointer,
        content_type=media.content_type,
        required=body.required,
        text=is_form or is_text(essence),
        doc=doc,
    )


def _build_json_body(
    builder: Builder, body: RequestBody, media: MediaType, schema: Schema
) -> JsonBody:
    """Build a JSON body; the properties of an inline object are passed one by one."""
    content_type = media.content_type if "*" not in media.content_type else ""
    fields: tuple[Property, ...] | None = None
    if schema.reference is None and not schema.nullable:
        whole = merge_parts(builder.spec, schema)
        spreads = is_record(whole) and whole.additional is None
        if spreads and (body.required or not whole.required):
            fields = tuple(
                item for item in build_properties(builder, whole) if not item.read_only
            )
    return JsonBody(
        pointer=body.pointer,
        content_type=content_type or "application/json",
        type=AnyType() if fields is not None else build_type(builder, schema),
        required=body.required,
        fields=fields,
        doc=build_doc(builder, schema, body.description),
    )
