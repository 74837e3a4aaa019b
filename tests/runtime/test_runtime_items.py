"""How the bytes of a response become items."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from oasmith.runtime.errors import DecodeError
from oasmith.runtime.response import Response
from oasmith.runtime.streams import (
    ServerSentEvent,
    read_event_objects,
    read_events,
    read_lines,
    read_no_items,
    read_sequence,
    read_text_events,
)
from oasmith.runtime.values import decode_any, decode_int, decode_object, decode_str


def response(content: bytes, media: str = "text/event-stream") -> Response:
    return Response(200, {"content-type": media}, content)


@pytest.mark.parametrize(
    ("sent", "events"),
    [
        # The examples of WHATWG HTML, section 9.2.6.
        (
            b"data: YHOO\ndata: +2\ndata: 10\n\n",
            [ServerSentEvent("YHOO\n+2\n10")],
        ),
        (
            b": test stream\n\ndata: first event\nid: 1\n\n"
            b"data:second event\nid\n\ndata:  third event\n\n",
            [
                ServerSentEvent("first event", id="1"),
                ServerSentEvent("second event"),
                ServerSentEvent(" third event"),
            ],
        ),
        (b"data\n\ndata\ndata\n\ndata:", [ServerSentEvent(""), ServerSentEvent("\n")]),
        (
            b"data:test\n\ndata: test\n\n",
            [ServerSentEvent("test"), ServerSentEvent("test")],
        ),
        # Ends of lines, a byte order mark, types, ids that stay, unknown fields.
        (
            b"data: a\r\n\r\ndata: b\r\rdata: c\n\n",
            [ServerSentEvent("a"), ServerSentEvent("b"), ServerSentEvent("c")],
        ),
        (b"\xef\xbb\xbfdata: a\n\n", [ServerSentEvent("a")]),
        (
            b"event: add\ndata: a\n\ndata: b\n\n",
            [ServerSentEvent("a", "add"), ServerSentEvent("b")],
        ),
        (
            b"id: 7\ndata: a\n\ndata: b\n\n",
            [ServerSentEvent("a", id="7"), ServerSentEvent("b", id="7")],
        ),
        (b"id: 7\n\ndata: b\n\n", [ServerSentEvent("b", id="7")]),
        (b"id: 1\0\ndata: b\n\n", [ServerSentEvent("b")]),
        (b"what: ever\ndata: b\n\n", [ServerSentEvent("b")]),
        (b"event: ping\n\n", []),
        (b"data: unfinished\n", []),
        (b"", []),
    ],
)
def test_events(sent: bytes, events: list[ServerSentEvent[str]]) -> None:
    assert list(read_text_events(response(sent))) == events


def test_events_in_pieces_of_any_size() -> None:
    sent = "data: é\r\ndata: b\r\n\r\nid: 1\r\ndata: c\r\n\r\n".encode()

    class Pieces:
        def __init__(self, size: int) -> None:
            self.size = size

        def read(self) -> bytes:
            return sent

        def __iter__(self) -> Iterator[bytes]:
            for start in range(0, len(sent), self.size):
                yield sent[start : start + self.size]

        def close(self) -> None: ...

    for size in range(1, len(sent)):
        events = read_text_events(Response(200, {}, Pieces(size)))
        assert list(events) == [ServerSentEvent("é\nb"), ServerSentEvent("c", id="1")]


def test_events_of_json() -> None:
    read = read_events(decode_int)
    assert list(read(response(b"data: 1\n\ndata:\ndata: 2\n\n"))) == [
        ServerSentEvent(1),
        ServerSentEvent(2),
    ]
    assert list(read(response(b"data: 1\n\ndata: [DONE]\n\ndata: 2\n\n"))) == [
        ServerSentEvent(1)
    ]
    events = read(response(b"data: 1\n\ndata: x\n\n"))
    next(events)
    with pytest.raises(DecodeError, match=r"at /1/data: expected JSON") as caught:
        next(events)
    assert caught.value.response is events.response


def test_events_as_objects() -> None:
    read = read_event_objects(decode_object)
    sent = b"event: add\ndata: 1\nid: 2\nretry: 30\n\ndata: 2\nretry: soon\n\n"
    assert list(read(response(sent))) == [
        {"event": "add", "data": "1", "id": "2", "retry": 30},
        {"data": "2"},
    ]


def test_what_is_no_event_stream() -> None:
    with pytest.raises(DecodeError, match="expected text/event-stream, got applic"):
        read_events(decode_int)(response(b"{}", "application/json"))
    with pytest.raises(DecodeError, match="at /0: expected text in UTF-8"):
        list(read_text_events(response(b"data: \xff\n\n")))


def test_lines() -> None:
    read = read_lines(decode_int)
    assert list(read(response(b"1\n2\r\n\n \n3", "application/jsonl"))) == [1, 2, 3]
    lines = read(response(b"1\n[\n", "application/jsonl"))
    assert next(lines) == 1
    with pytest.raises(DecodeError, match="at /1: expected JSON"):
        next(lines)
    with pytest.raises(DecodeError, match="at /0: expected an integer, got a string"):
        next(read(response(b'"a"\n')))
    deep = b"[" * 200_000 + b"]" * 200_000
    with pytest.raises(DecodeError, match="nested too deeply"):
        next(read(response(deep)))


def test_sequences() -> None:
    read = read_sequence(decode_object)
    sent = b'\x1e{"a": 1}\n\x1e{"a":\n2}\n\n\x1e{"a": 3}'
    assert list(read(response(sent))) == [{"a": 1}, {"a": 2}, {"a": 3}]
    with pytest.raises(DecodeError, match="at /1: expected JSON"):
        list(read(response(b"\x1e{}\n\x1e{\n\x1e{}\n")))


def test_a_stream_is_its_own_iterator() -> None:
    read = read_lines(decode_str)
    stream = read(response(b'"a"\n'))
    assert iter(stream) is stream
    assert list(stream) == ["a"]
    assert list(read_no_items(response(b""))) == []


def test_texts_over_many_lines_are_parsed_once() -> None:
    text = b"[" + b"\n{},\n" * 20_000 + b"{}]"
    start = time.perf_counter()
    [items] = read_sequence(decode_any)(response(b"\x1e" + text + b"\n"))
    assert len(items) == 20_001
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("start", "line", "end"),
    [
        (b"{}x\n", b"aaaa\n", b""),
        (b"[1]x\n", b"    \n", b""),
        (b'"\n', b"aaaa\n", b""),
        (b'"' + rb"\"" * 2000 + b"\n", b"aaaa\n", b""),
        (b"[1]\n", b"    \n", b"x"),
        (b"[\n", b'"]", "[{",\n', b"x"),
    ],
)
def test_what_is_no_text_is_so_in_linear_time(
    start: bytes, line: bytes, end: bytes
) -> None:
    def seconds(lines: int) -> float:
        began = time.process_time()
        with pytest.raises(DecodeError, match="expected JSON"):
            sent = b"\x1e" + start + line * lines + end
            list(read_sequence(decode_any)(response(sent)))
        return time.process_time() - began

    # Eight times the lines: 8 where it is linear, 64 where it is quadratic.
    assert min(seconds(80_000) for _ in range(3)) < 24 * min(
        seconds(10_000) for _ in range(5)
    )


def test_brackets_in_strings_end_no_text() -> None:
    sent = b'\x1e["]\\"]",\n\n"{"\n]\n   \n{"a": "["}\n"\\\\"\n[\n]'
    items = read_sequence(decode_any)(response(sent))
    assert list(items) == [[']"]', "{"], {"a": "["}, "\\", []]


def test_an_event_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oasmith.runtime.streams._LONGEST", 1000)
    with pytest.raises(DecodeError, match="items of at most 1000 bytes"):
        list(read_text_events(response(b"data: 0123456789\n" * 200)))
    with pytest.raises(DecodeError, match="items of at most 1000 bytes"):
        list(read_text_events(response(b"data\n" * 1001)))
    assert len(list(read_text_events(response(b"data: 0123456789\n\n" * 200)))) == 200
    with pytest.raises(DecodeError, match="items of at most 1000 bytes"):
        list(read_sequence(decode_any)(response(b"\x1e[" + b"1,\n" * 900)))


def test_an_empty_type_is_the_usual_one() -> None:
    assert list(read_text_events(response(b"event:\ndata: a\n\n"))) == [
        ServerSentEvent("a")
    ]
