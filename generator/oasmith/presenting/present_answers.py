"""Presents the answers of an operation: their types, and how they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..building.answer_shapes import Member
from ..building.api import (
    BytesContent,
    Content,
    JsonContent,
    NullableType,
    Operation,
    Response,
    StreamContent,
    TextContent,
)
from ..building.type_walk import failures_in
from ..layout.package import Package
from ..layout.symbols import runtime
from .code import Code, fill, join, use
from .expressions import annotate, decoder
from .literals import make_literal
from .phrases import list_in_words


@dataclass(frozen=True, slots=True)
class Answers:
    """The responses of an operation, as they are read."""

    returns: Code
    async_returns: Code
    responses: Code
    errors: Code | None
    raised: tuple[tuple[str, str], ...]
    """What to say of the errors in the docstring, by their class."""


def present_answers(package: Package, operation: Operation) -> Answers:
    successes = [each for each in operation.responses if not each.is_error]
    failures = [
        each
        for each in operation.responses
        if each.is_error or each.status == "default"
    ]
    streams = streams_items(operation)
    returns, async_returns = _present_returns(package, successes, streams)
    if not successes:
        nothing = use(runtime("read_nothing"))
        status = Code(make_literal("2XX"))
        successes_code = fill("{{{}: {}}}", status, nothing)
    else:
        successes_code = _table(package, successes, streams)
    told = [each for each in map(_as_error, failures) if each.content]
    return Answers(
        returns=returns,
        async_returns=async_returns,
        responses=successes_code,
        errors=_table(package, told, False) if told else None,
        raised=tuple(_describe_raised(package, operation, told)),
    )


def streams_items(operation: Operation) -> bool:
    """Whether an operation gives item by item; then it does so with any success."""
    return any(
        isinstance(content, StreamContent)
        for each in operation.responses
        for _, content in each.content
    )


def _as_error(response: Response) -> Response:
    """A response as an error, whose body is read as a whole."""
    content = tuple(
        (
            content_type,
            JsonContent(content.type) if isinstance(content, JsonContent) else content,
        )
        for content_type, content in response.content
        if not isinstance(content, StreamContent)
    )
    return replace(response, content=content)


def _present_returns(
    package: Package, successes: Sequence[Response], streams: bool
) -> tuple[Code, Code]:
    """What the function returns, and what its twin does."""
    types = dict.fromkeys(
        code
        for each in successes
        if each.content or not streams
        for code in _types_of(package, each)
    )
    returns = _union(list(types)) if types else Code("None")
    if not streams:
        return returns, returns
    stream, awaited = use(runtime("ItemStream")), use(runtime("AsyncItemStream"))
    return fill("{}[{}]", stream, returns), fill("{}[{}]", awaited, returns)


def _types_of(package: Package, response: Response) -> Iterator[Code]:
    if not response.content:
        yield Code("None")
    for _, content in response.content:
        yield _annotate_content(package, content)


def _union(types: Sequence[Code]) -> Code:
    """The types side by side, each once, null last."""
    parts: dict[str, Code] = {}
    for code in types:
        for text in [code.text] if "[" in code.text else code.text.split(" | "):
            parts.setdefault(text, Code(text, code.symbols))
    if "Any" in parts:
        return parts["Any"]
    nothing = parts.pop("None", None)
    return join(" | ", [*parts.values(), *([nothing] if nothing else [])])


def _annotate_content(package: Package, content: Content) -> Code:
    match content:
        case JsonContent():
            return annotate(package, content.returned, is_open=True)
        case TextContent():
            return Code("str")
        case BytesContent():
            return Code("bytes")
        case StreamContent(("events" | "text events"), item):
            event = use(runtime("ServerSentEvent"))
            return fill("{}[{}]", event, annotate(package, item, is_open=True))
        case StreamContent(_, item):
            return annotate(package, item, is_open=True)


def _table(package: Package, responses: Sequence[Response], streams: bool) -> Code:
    entries = [
        fill("{}: {}", Code(make_literal(each.status)), _reader(package, each, streams))
        for each in responses
    ]
    return fill("{{{}}}", join(", ", entries))


def _reader(package: Package, response: Response, streams: bool) -> Code:
    """How a response is read: by its media type, where there is a choice."""
    if not response.content:
        return use(runtime("read_no_items" if streams else "read_nothing"))
    readers = [
        (content_type, _read_content(package, content))
        for content_type, content in response.content
    ]
    if len({code for _, code in readers}) == 1:
        return readers[0][1]
    entries = [
        fill("{}: {}", Code(make_literal(content_type)), code)
        for content_type, code in readers
    ]
    return fill("{}({{{}}})", use(runtime("by_media")), join(", ", entries))


def _read_content(package: Package, content: Content) -> Code:
    match content:
        case JsonContent(built, envelope, failure):
            if envelope is not None or failure is not None:
                return _read_envelope(package, content)
            return fill("{}({})", use(runtime("read_json")), decoder(package, built))
        case TextContent():
            return use(runtime("read_text"))
        case BytesContent():
            return use(runtime("read_bytes"))
        case StreamContent("text events"):
            return use(runtime("read_text_events"))
        case StreamContent(form, item):
            read = use(runtime(_READERS[form]))
            return fill("{}({})", read, decoder(package, item))


def _read_envelope(package: Package, content: JsonContent) -> Code:
    """Write the reader of an envelope, or of what else tells that it failed."""
    envelope, failure = content.envelope, content.failure
    read, parts = "read_checked", [decoder(package, content.type)]
    if envelope is not None:
        read = "read_result" if envelope.is_required else "read_optional_result"
        parts.append(_take(package, content, envelope.result))
    if failure is not None:
        parts.append(Code(f"success={make_literal(failure.success)}"))
        if failure.errors is not None:
            parts.append(fill("errors={}", _take(package, content, failure.errors)))
    return fill("{}({})", use(runtime(read)), join(", ", parts))


def _take(package: Package, content: JsonContent, member: Member) -> Code:
    taken = f"envelope.{field_of(package, member)}"
    if isinstance(content.type, NullableType):
        taken += " if envelope else None"
    return Code(f"lambda envelope: {taken}")


def field_of(package: Package, member: Member) -> str:
    """The field that a member of a JSON object is in a model."""
    return package.fields[member.owner][member.name]


_READERS = {
    "events": "read_events",
    "event objects": "read_event_objects",
    "lines": "read_lines",
    "sequence": "read_sequence",
}


def _describe_raised(
    package: Package, operation: Operation, failures: Sequence[Response]
) -> Iterator[tuple[str, str]]:
    yield "StatusError", _describe_errors(package, failures)
    tellings = list(failures_in(operation))
    if tellings:
        has_errors = any(each.errors is not None for each in tellings)
        reasons = "; its `errors` are the reasons." if has_errors else "."
        yield "EnvelopeError", f"The API answered that it failed{reasons}"


def _describe_errors(package: Package, failures: Sequence[Response]) -> str:
    by_type: dict[str, list[str]] = {}
    for each in failures:
        types = " or ".join(code.text for code in _types_of(package, each))
        status = "any other status" if each.status == "default" else each.status
        by_type.setdefault(types, []).append(status)
    if [*by_type.values()] == [["any other status"]]:
        told = _with_article(*by_type)
    else:
        told = "; ".join(
            f"{_with_article(types)} on {list_in_words(statuses)}"
            for types, statuses in by_type.items()
        )
    return "The API answered with an error." + (f" Its body is {told}." if told else "")


def _with_article(name: str) -> str:
    if not name.isidentifier() or name in ("str", "bytes", "None", "Any"):
        return name
    return f"an {name}" if name[0] in "AEIOU" else f"a {name}"
