"""Builds responses: what is in their bodies, and how that arrives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from ..reading.spec import MediaType
from ..reading.spec import Operation as SpecOperation
from ..reading.spec import Response as SpecResponse
from .api import (
    AnyType,
    BytesContent,
    Content,
    Doc,
    JsonContent,
    Response,
    StreamContent,
    StringType,
    TextContent,
    Type,
)
from .build_headers import build_headers
from .build_types import build_type
from .builder import Builder
from .media import holds_json, warn_of_items, warn_of_structure
from .media_types import essence_of, is_lines, is_sequence, is_text
from .merge import as_whole

_WITHOUT_CONTENT = ("204", "205", "304")
"""RFC 9110 sections 15.3.5, 15.3.6, 15.4.5; nor has the answer to HEAD any (9.3.2)."""

_REDIRECTS = ("301", "302", "303", "307", "308", "3XX")


def build_responses(builder: Builder, operation: SpecOperation) -> tuple[Response, ...]:
    succeeds = any(each.status.startswith("2") for each in operation.responses)
    responses = [
        _build_response(
            builder, operation.method, each, _is_error(each.status, succeeds)
        )
        for each in operation.responses
    ]
    if operation.method == "GET":
        responses += _build_downloads(responses)
    return tuple(responses)


def _build_downloads(responses: Sequence[Response]) -> Iterator[Response]:
    """Build what a client that follows redirects gets, where the API only redirects."""
    successes = [each for each in responses if not each.is_error]
    redirects = [each for each in successes if each.status in _REDIRECTS]
    if redirects and redirects == successes and not any(it.content for it in redirects):
        yield replace(
            redirects[0],
            status="2XX",
            content=(("*/*", BytesContent()),),
            headers=(),
            is_download=True,
        )


def given_as_a_whole(responses: Iterable[Response]) -> tuple[Response, ...]:
    """The responses, without what is given item by item where there is a choice.

    All of them come back where there is none.
    """
    each = tuple(responses)
    kept = _with_content(each, lambda content: not isinstance(content, StreamContent))
    is_left = any(not response.is_error and response.content for response in kept)
    return kept if is_left else each


def given_item_by_item(responses: Iterable[Response]) -> tuple[Response, ...]:
    """The responses, without what is given as a whole and is no error."""
    return _with_content(responses, lambda content: isinstance(content, StreamContent))


def _with_content(
    responses: Iterable[Response], is_kept: Callable[[Content], bool]
) -> tuple[Response, ...]:
    """Keep some of the content of what is no error, and of what had none all."""
    responses = tuple(responses)
    statuses = {each.status for each in responses if not each.is_error}
    kept: list[Response] = []
    for response in responses:
        content = tuple(each for each in response.content if is_kept(each[1]))
        if response.is_error or not response.content:
            kept.append(response)
            continue
        if content:
            kept.append(replace(response, content=content))
        left = [each for each in response.content if not is_kept(each[1])]
        whole = tuple(it for it in left if not isinstance(it[1], StreamContent))
        is_covered = not content and bool(_wider(response.status) & statuses)
        if whole and (response.status == "default" or is_covered):
            # "default" speaks of errors, too, which are read as a whole; and a status
            # that a range has in it shall not be read as the others of the range.
            kept.append(replace(response, content=whole, is_error=True))
    return tuple(kept)


def _wider(status: str) -> set[str]:
    """What a status is read by where nothing is said of it alone."""
    return {f"{status[:1]}XX", "default"} - {status}


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
            (media.content_type, _build_content(builder, media, is_error))
            for media in response.content
            if method != "HEAD" and not is_empty
        ),
        headers=() if is_error else build_headers(builder, response),
        is_error=is_error,
        doc=Doc(text=response.description),
    )


def _build_content(builder: Builder, media: MediaType, is_error: bool) -> Content:
    essence = essence_of(media.content_type)
    # An error is read as a whole, however it is sent.
    if not is_error and (stream := _build_stream(builder, media, essence)):
        return stream
    warn_of_items(builder, media)
    if holds_json(builder, media):
        schema = media.schema
        return JsonContent(AnyType() if schema is None else build_type(builder, schema))
    warn_of_structure(builder, media, "given")
    return TextContent() if is_text(essence) else BytesContent()


def _build_stream(
    builder: Builder, media: MediaType, essence: str
) -> StreamContent | None:
    if essence == "text/event-stream":
        return _build_events(builder, media)
    if is_lines(essence):
        return StreamContent("lines", build_item(builder, media))
    if is_sequence(essence):
        return StreamContent("sequence", build_item(builder, media))
    return None


def _build_events(builder: Builder, media: MediaType) -> StreamContent:
    """Build server-sent events.

    OpenAPI 3.2 describes an event by ``itemSchema``, as an object of its fields; before
    that, the schema is commonly the one of the data.
    """
    if media.item_schema is not None:
        return StreamContent("event objects", build_type(builder, media.item_schema))
    if media.schema is None or as_whole(builder.spec, media.schema).types == (
        "string",
    ):
        return StreamContent("text events", StringType())
    return StreamContent("events", build_item(builder, media))


def build_item(builder: Builder, media: MediaType) -> Type:
    """The type of each item of a sequence; an array's schema is one of all of them."""
    schema = media.item_schema or media.schema
    if media.item_schema is None and schema is not None:
        items = as_whole(builder.spec, schema).items
        schema = schema if items is None else items
    return AnyType() if schema is None else build_type(builder, schema)
