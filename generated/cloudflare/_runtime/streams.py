# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Answers item by item: server-sent events, JSON Lines and sequences of JSON texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, Self, TypeVar

from .answers import media_type, parse_json
from .errors import ApiError, DecodeError
from .response import Response

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_LONGEST = 64 * 1024 * 1024
"""How many bytes a line, a text or the data of an event may have."""

_EVENT_STREAM = "text/event-stream"

_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"?')
"""A JSON string, or what is there of one that is not closed."""


class ItemStream(Generic[T_co]):
    """Items in the order in which they arrive, to be gone through once.

    It holds a connection until the last item or until it is closed, which ``with``
    does at the end of its block. Each item may take as long as the client's timeout.
    """

    def __init__(self, response: Response, items: Iterator[T_co]) -> None:
        self.response = response
        self._items = items
        self._count = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> T_co:
        """Wait for the next item.

        Raises:
            TransportError: The server hung up, or sent nothing in time.
            DecodeError: It sent something else than what its description promises.
        """
        try:
            item = next(self._items)
        except DecodeError as error:
            error.inside(self._count)
            self._fail(error)
            raise
        except ApiError as error:
            self._fail(error)
            raise
        except RecursionError:
            deep = DecodeError("JSON", "JSON that is nested too deeply", self._count)
            self._fail(deep)
            raise deep from None
        self._count += 1
        return item

    def _fail(self, error: ApiError) -> None:
        if isinstance(error, DecodeError):
            error.response = self.response
        if self.response.operation is not None:
            error.during(self.response.operation)
        self.close()

    def close(self) -> None:
        """Give up what has not arrived yet."""
        self.response.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class ServerSentEvent(Generic[T_co]):
    """A server-sent event."""

    data: T_co

    event: str = "message"
    """Its type."""

    id: str = ""
    """The last that the server gave, to this event or to one before it."""


def read_events(
    decode: Callable[[Any], T],
) -> Callable[[Response], ItemStream[ServerSentEvent[T]]]:
    """Read server-sent events of which the data is JSON.

    Data that is ``[DONE]`` instead ends the stream, as it does with many APIs.
    """

    def read(response: Response) -> ItemStream[ServerSentEvent[T]]:
        return ItemStream(response, _decode_events(response, _events(response), decode))

    return read


def read_text_events(response: Response) -> ItemStream[ServerSentEvent[str]]:
    """Read server-sent events of which the data is text."""
    events = (
        ServerSentEvent(fields["data"], fields.get("event") or "message", last_id)
        for fields, last_id in _events(response)
    )
    return ItemStream(response, events)


def read_event_objects(
    decode: Callable[[Any], T],
) -> Callable[[Response], ItemStream[T]]:
    """Read server-sent events as objects of their fields (OpenAPI 3.2, itemSchema).

    These are ``data``, ``event``, ``id`` and ``retry``; the last one is an integer.
    """

    def read(response: Response) -> ItemStream[T]:
        objects = (_typed(fields) for fields, _ in _events(response))
        return ItemStream(response, _decode_all(response, objects, decode))

    return read


def read_lines(decode: Callable[[Any], T]) -> Callable[[Response], ItemStream[T]]:
    """Read JSON Lines; lines without anything in them are passed over."""

    def read(response: Response) -> ItemStream[T]:
        lines = filter(bytes.strip, _lines(response))
        return ItemStream(response, _decode_texts(response, lines, decode))

    return read


def read_sequence(decode: Callable[[Any], T]) -> Callable[[Response], ItemStream[T]]:
    """Read JSON texts that follow a record separator each (RFC 7464)."""

    def read(response: Response) -> ItemStream[T]:
        texts = _texts(response)
        return ItemStream(response, _decode_texts(response, texts, decode))

    return read


def read_no_items(response: Response) -> ItemStream[Any]:
    """Read an answer that has no body, where items are expected otherwise."""
    response.close()
    return ItemStream(response, iter(()))


def _decode_texts(
    response: Response, texts: Iterable[bytes], decode: Callable[[Any], T]
) -> Iterator[T]:
    values = (parse_json(text, response) for text in texts)
    return _decode_all(response, values, decode)


def _decode_all(
    response: Response, values: Iterable[Any], decode: Callable[[Any], T]
) -> Iterator[T]:
    for index, value in enumerate(values):
        yield response.decode(decode, value, index)


def _decode_events(
    response: Response,
    events: Iterable[tuple[dict[str, str], str]],
    decode: Callable[[Any], T],
) -> Iterator[ServerSentEvent[T]]:
    for index, (fields, last_id) in enumerate(events):
        data = fields["data"]
        if data == "[DONE]":
            response.finish()
            return
        try:
            parsed = parse_json(data.encode(), response)
            decoded = response.decode(decode, parsed, index, "data")
        except DecodeError as error:
            error.inside("data")
            raise
        yield ServerSentEvent(decoded, fields.get("event") or "message", last_id)


def _typed(fields: dict[str, str]) -> dict[str, object]:
    typed: dict[str, object] = {**fields}
    if "retry" in fields:
        typed["retry"] = int(fields["retry"])
    return typed


def _events(response: Response) -> Iterator[tuple[dict[str, str], str]]:
    """The fields of each event, and the last id.

    Raises:
        DecodeError: The response is of another kind.
    """
    media = media_type(response)
    if media not in ("", _EVENT_STREAM):
        raise DecodeError(_EVENT_STREAM, media)
    return _parse_events(_lines(response))


def _parse_events(lines: Iterable[bytes]) -> Iterator[tuple[dict[str, str], str]]:
    """Take lines for an event stream (WHATWG HTML, section 9.2.6)."""
    data: list[str] = []
    fields: dict[str, str] = {}
    last_id, size = "", 0
    for line in lines:
        try:
            name, _, value = line.decode().removeprefix("\ufeff").partition(":")
        except UnicodeDecodeError:
            raise DecodeError("text in UTF-8", "other bytes") from None
        value = value.removeprefix(" ")
        if not line:
            if data:
                yield {**fields, "data": "\n".join(data)}, last_id
            data, fields, size = [], {}, 0
        elif name == "data":
            data.append(value)
            size += len(value) + 1  # They are joined by line feeds.
            _bound(size)
        elif name == "id" and "\0" not in value:
            fields["id"] = last_id = value
        elif name == "event" or (name == "retry" and _is_number(value)):
            fields[name] = value


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 20


def _texts(response: Response) -> Iterator[bytes]:
    """The texts of a sequence; each is given when its last line is there.

    That is the line that closes every bracket, as no JSON string spans lines; what
    comes of a text that is none is the parser's affair.
    """
    held: list[bytes] = []
    size = depth = 0
    for line in _lines(response):
        *before, text = line.split(b"\x1e")
        if before:
            ended = [b"".join([*held, before[0]]), *before[1:]]
            yield from filter(bytes.strip, ended)
            held, size, depth = [], 0, 0
        if not held and not text.strip():
            continue
        held.append(text + b"\n")
        size += len(text) + 1
        _bound(size)
        bare = _STRING.sub(b"", text)
        depth += sum(map(bare.count, (b"{", b"["))) - sum(map(bare.count, (b"}", b"]")))
        if depth <= 0:
            yield b"".join(held)
            held, size, depth = [], 0, 0
    if held:
        yield b"".join(held)


def _bound(size: int) -> None:
    """Refuse a line, text or event that is too long to be held."""
    if size > _LONGEST:
        raise DecodeError(f"items of at most {_LONGEST} bytes", "a longer one")


def _lines(response: Response) -> Iterator[bytes]:
    """The lines of a body, which end in LF, CRLF or CR."""
    held: list[bytes] = []
    size = 0
    after_cr = False
    for piece in response:
        if after_cr and piece.startswith(b"\n"):
            piece = piece[1:]
        after_cr = piece.endswith(b"\r")
        for part in piece.splitlines(keepends=True):
            held.append(part)
            size += len(part)
            if part.endswith((b"\n", b"\r")):
                yield b"".join(held).rstrip(b"\r\n")
                held, size = [], 0
        _bound(size)
    if held:
        yield b"".join(held)
