"""Builds operations: their parameters, bodies and responses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..document import join_pointer
from ..reading.spec import MediaType, ParameterPlace, RequestBody, Schema
from ..reading.spec import Operation as SpecOperation
from ..reading.spec import Parameter as SpecParameter
from ..reading.spec import Response as SpecResponse
from .api import (
    AnyType,
    BinaryType,
    Body,
    BytesContent,
    Content,
    Doc,
    FormBody,
    JsonBody,
    JsonContent,
    ListType,
    Operation,
    Parameter,
    Property,
    RawBody,
    Response,
    StringType,
    TextContent,
    Type,
    Variant,
)
from .build_docs import build_doc
from .build_headers import build_headers, merge_headers
from .build_types import (
    build_properties,
    build_type,
    is_record,
)
from .builder import Builder
from .media_types import essence_of, is_json
from .merge import merge_parts, resolve_schema

_FRAMING = frozenset(
    {"host", "content-length", "transfer-encoding", "connection", "accept-encoding"}
)


_WITHOUT_CONTENT = ("204", "205", "304")
"""RFC 9110 sections 15.3.5, 15.3.6, 15.4.5; nor has the answer to HEAD any (9.3.2)."""


def build_operations(builder: Builder, operation: SpecOperation) -> Iterator[Operation]:
    """Build what an operation takes and gives, once for each kind of body it takes."""
    bodies = list(_build_bodies(builder, operation.body)) if operation.body else []
    first = _build_operation(builder, operation, bodies[0][1] if bodies else None)
    yield first
    for written, body in bodies[1:]:
        place = (first.pointer, "requestBody", "content", written)
        variant = Variant(first.pointer, body.content_type)
        pointer = join_pointer(*place)
        yield replace(first, pointer=pointer, variant=variant, body=body, headers=())


def _build_operation(
    builder: Builder, operation: SpecOperation, body: Body | None
) -> Operation:
    responses = _build_responses(builder, operation)
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


def _holds_json(builder: Builder, media: MediaType) -> bool:
    """Whether what has a media type is JSON; a range is, but for what is binary."""
    if essence_of(media.content_type) not in ("*/*", "application/*"):
        return is_json(media.content_type)
    return media.schema is None or not _is_file(_as_whole(builder, media.schema))


def _server_of(builder: Builder, operation: SpecOperation) -> str | None:
    """The absolute URL that an operation has for itself."""
    for server in operation.servers[:1]:
        if server.is_whole:
            return server.url
        problem = "has what no variable is for" if "{" in server.url else "is relative"
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
        if is_plain and _holds_json(builder, media):
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
    if _holds_json(builder, media):
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
    if _holds_json(builder, media):
        return _build_json_body(builder, body, media, schema)
    if is_form or essence.startswith("multipart/"):
        whole = _as_whole(builder, schema)
        if is_record(whole):
            _warn_of_form(builder, media, whole)
            return FormBody(
                pointer=body.pointer,
                content_type=essence,
                required=body.required,
                fields=_build_form_fields(builder, whole, is_form),
                encoding=media.encoding,
                doc=doc,
            )
        builder.diagnostics.warning(
            "unsupported-form",
            f'a "{essence}" whose fields have no names is passed as it is to be sent',
            builder.spec.document.node(media.pointer),
        )
    else:
        _warn_of_structure(builder, media, "sent", _is_text(essence))
    _warn_of_items(builder, media)
    return RawBody(
        pointer=body.pointer,
        content_type=media.content_type,
        required=body.required,
        text=is_form or _is_text(essence),
        doc=doc,
    )


def _warn_of_form(builder: Builder, media: MediaType, whole: Schema) -> None:
    place = builder.spec.document.node(media.pointer)
    if whole.additional is not None and not whole.additional.never:
        message = "fields of the form that have no names can't be sent"
        builder.diagnostics.warning("unsupported-form", message, place)
    for name, encoding in media.encoding.items():
        if encoding.headers:
            message = f'the headers of the part "{name}" are not sent'
            builder.diagnostics.warning("unsupported-encoding", message, place)


def _warn_of_items(builder: Builder, media: MediaType) -> None:
    if media.item_schema is not None:
        place = builder.spec.document.node(media.pointer)
        message = f'"{media.content_type}" is taken as a whole, not item by item'
        builder.diagnostics.warning("unsupported-sequence", message, place)


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


def _build_form_fields(
    builder: Builder, whole: Schema, is_form: bool
) -> tuple[Property, ...]:
    fields = [each for each in build_properties(builder, whole) if not each.read_only]
    if is_form:
        return tuple(fields)
    schemas = dict(whole.properties)
    return tuple(
        replace(each, type=_part_type(builder, schemas[each.name], each.type))
        for each in fields
    )


def _part_type(builder: Builder, schema: Schema, built: Type) -> Type:
    """The type of a part: a file, some files, or what its schema says."""
    found = _as_whole(builder, schema)
    if _is_file(found):
        return BinaryType()
    if found.items is not None and _is_file(_as_whole(builder, found.items)):
        return ListType(BinaryType())
    return built


def _is_file(schema: Schema) -> bool:
    return schema.types == ("string",) and schema.format in ("binary", "file")


def _as_whole(builder: Builder, schema: Schema) -> Schema:
    """A schema with its references followed and its parts merged."""
    resolved = resolve_schema(builder.spec, schema)
    return merge_parts(builder.spec, resolved)


def _build_responses(
    builder: Builder, operation: SpecOperation
) -> tuple[Response, ...]:
    succeeds = any(each.status.startswith("2") for each in operation.responses)
    return tuple(
        _build_response(
            builder, operation.method, each, _is_error(each.status, succeeds)
        )
        for each in operation.responses
    )


def _is_error(status: str, succeeds: bool) -> bool:
    """Whether a status is an error's: any but 2XX, where such a one is described."""
    if succeeds:
        return not status.startswith("2")
    return status[:1] in "45"


def _build_response(
    builder: Builder, method: str, response: SpecResponse, is_error: bool
) -> Response:
    is_empty = response.status in _WITHOUT_CONTENT
    if is_empty and response.content:
        builder.diagnostics.warning(
            "impossible-content",
            f"an answer {response.status} has no body; what is said of it is not read",
            builder.spec.document.node(response.pointer),
        )
    return Response(
        pointer=response.pointer,
        status=response.status,
        content=tuple(
            (media.content_type, _build_content(builder, media))
            for media in response.content
            if method != "HEAD" and not is_empty
        ),
        headers=() if is_error else build_headers(builder, response),
        is_error=is_error,
        doc=Doc(text=response.description),
    )


def _build_content(builder: Builder, media: MediaType) -> Content:
    essence = essence_of(media.content_type)
    _warn_of_items(builder, media)
    if _holds_json(builder, media):
        schema = media.schema
        return JsonContent(AnyType() if schema is None else build_type(builder, schema))
    is_text = _is_text(essence)
    _warn_of_structure(builder, media, "given", is_text)
    return TextContent() if is_text else BytesContent()


def _is_text(essence: str) -> bool:
    return essence.startswith("text/") or essence.endswith(("/xml", "+xml"))


def _warn_of_structure(
    builder: Builder, media: MediaType, done: str, is_text: bool
) -> None:
    """Tell that what has parts is passed as a whole, in a form that is not read."""
    whole = None if media.schema is None else _as_whole(builder, media.schema)
    if whole is None or not (whole.properties or {"object", "array"} & {*whole.types}):
        return
    builder.diagnostics.warning(
        "unsupported-media-type",
        f'"{media.content_type}" is {done} as {"text" if is_text else "bytes"}, '
        "not as what its schema describes",
        builder.spec.document.node(media.pointer),
    )
