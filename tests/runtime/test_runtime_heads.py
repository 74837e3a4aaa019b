"""Heads of responses, and the frames of their bodies, wherever reading cuts them."""

from __future__ import annotations

import socket
import time

import pytest

from oasmith.runtime.frames import frame_body
from oasmith.runtime.heads import BrokenResponse, Head, parse_head
from oasmith.runtime.wire import Wire

FOREVER = float("inf")
END = b"0\r\n\r\n"
OK = "HTTP/1.1 200 OK\r\n"
CHUNKED = f"{OK}Transfer-Encoding: chunked\r\n\r\n"


def parse(text: str, method: str = "GET") -> Head:
    return parse_head(text.encode("latin-1"), method)


@pytest.mark.parametrize(
    ("lines", "headers"),
    [
        ("A: b", {"a": "b"}),
        ("A:b", {"a": "b"}),
        ("A: \t b c \t", {"a": "b c"}),
        ("A:", {"a": ""}),
        ("A: b\r\na: c", {"a": "b, c"}),
        ("A: b: c", {"a": "b: c"}),
        ("A: b\r\n\t c\r\nD: e", {"a": "b c", "d": "e"}),
        ("A:\r\n b", {"a": "b"}),
        ("A: b\r\n voil\xc3\xa0", {"a": "b voil\xc3\xa0"}),
        ("A: b\r\n ", {"a": "b"}),
        ("A: b\nC: d", {"a": "b", "c": "d"}),
        ("A: caf\xe9\x85\x0b\x1c", {"a": "caf\xe9\x85\x0b\x1c"}),
    ],
)
def test_fields(lines: str, headers: dict[str, str]) -> None:
    assert parse(OK + lines).headers == headers


@pytest.mark.parametrize(
    "line",
    ["HTTP/1.1 200", "HTTP/1.1  200  OK", "HTTP/1.1\t200\tOK", "HTTP/1.9 200 A B"],
)
def test_status_lines(line: str) -> None:
    assert parse(line).status == 200


@pytest.mark.parametrize(
    "line",
    [
        "HTTP/2 200",
        "HTTP/2.0 200 OK",
        "http/1.1 200 OK",
        " HTTP/1.1 200 OK",
        "HTTP/1.1 20 OK",
        "HTTP/1.1 2000 OK",
        "HTTP/1.1 099 OK",
        "HTTP/1.1 200OK",
        "HTTP/1.1",
        "",
    ],
)
def test_lines_that_are_none(line: str) -> None:
    with pytest.raises(BrokenResponse, match="status line"):
        parse(line)


@pytest.mark.parametrize(
    ("fields", "is_chunked", "length"),
    [
        ("A: b", False, None),
        ("Content-Length: 5", False, 5),
        ("Content-Length: 5\r\nContent-Length: 5", False, 5),
        ("Content-Length: 0", False, 0),
        ("Transfer-Encoding: Chunked", True, None),
        ("Transfer-Encoding: chunked\r\nContent-Length: 5", True, None),
    ],
)
def test_where_the_body_ends(fields: str, is_chunked: bool, length: int | None) -> None:
    head = parse(OK + fields)
    assert (head.is_chunked, head.length) == (is_chunked, length)


@pytest.mark.parametrize(
    "fields",
    [
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5, 6",
        "Content-Length: +5",
        "Content-Length: 0x5",
        "Content-Length: \xb2",
        "Content-Length:",
        "Content-Length: 5,",
        "Content-Length: " + "9" * 19,
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: identity",
        "Transfer-Encoding : chunked",
    ],
)
def test_heads_that_leave_it_open(fields: str) -> None:
    with pytest.raises(BrokenResponse):
        parse(OK + fields)
    # Where there is no body, it is nothing to ask for.
    if "Encoding :" not in fields:
        for status in (204, 304):
            assert parse(f"HTTP/1.1 {status} Nothing\r\n{fields}").length == 0
        for method in ("HEAD", "CONNECT"):
            assert parse(OK + fields, method).length == 0


@pytest.mark.parametrize(
    ("head", "is_last"),
    [
        (f"{OK}Content-Length: 1", False),
        (f"{OK}Content-Length: 1\r\nConnection: Keep-Alive, Close", True),
        (f"{OK}A: b", True),
        ("HTTP/1.1 204 None", False),
        ("HTTP/1.0 200 OK\r\nContent-Length: 1", True),
        ("HTTP/1.0 200 OK\r\nContent-Length: 1\r\nConnection: Keep-Alive", False),
        (f"{OK}Transfer-Encoding: chunked", False),
        (f"{OK}Transfer-Encoding: chunked\r\nContent-Length: 1", True),
        (
            "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive",
            True,
        ),
    ],
)
def test_connections_that_are_good_for_another(head: str, is_last: bool) -> None:
    assert parse(head).is_last is is_last


@pytest.mark.parametrize(
    ("body", "content", "ends"),
    [
        (f"{OK}Content-Length: 5\r\n\r\nabcdemore", b"abcde", False),
        (f"{CHUNKED}2\r\nab\r\n3;x=y\r\ncde\r\n0\r\n\r\nmore", b"abcde", False),
        (f"{CHUNKED}5\nabcde\n0\n\nmore", b"abcde", False),
        (f"{CHUNKED}00A \r\nabcdefghij\r\n000\r\nA: b\r\n\r\nm", b"abcdefghij", False),
        (f"{CHUNKED}0\r\n\r\nmore", b"", False),
        (f"{CHUNKED}1\r\na\r\n0\r\n", b"a", True),
        (f"{OK}A: b\r\n\r\nabcde", b"abcde", True),
    ],
)
@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_bodies_wherever_they_are_cut(
    body: str, content: bytes, ends: bool, size: int
) -> None:
    data = body.encode()
    head, given, left = read_from(
        *(data[i : i + size] for i in range(0, len(data), size))
    )
    assert head.status == 200
    assert given == content
    assert (left == b"") is ends


@pytest.mark.parametrize("size", [1, 10**6])
def test_time_grows_with_the_number_of_chunks_alone(size: int) -> None:
    """Not with its square, as it would if what is left over were copied each time."""

    def seconds(count: int) -> float:
        sent = b"1\r\na\r\n" * count + END
        pieces = [sent[i : i + size] for i in range(0, len(sent), size)]
        start = time.process_time()
        _, given, _ = read_from(CHUNKED.encode(), *pieces)
        assert given == b"a" * count
        return time.process_time() - start

    count = 2_000 if size == 1 else 10_000
    few = min(seconds(count) for _ in range(3))
    assert seconds(count * 10) < few * 30


def test_time_grows_with_the_length_of_a_head_alone() -> None:
    def seconds(length: int) -> float:
        head = f"{OK}A: ".encode() + b"a" * length
        start = time.process_time()
        wire = Wire(Pieces(*(bytes([each]) for each in head), b"\n\n"), FOREVER, 10**9)
        assert len(wire.read_head()) == len(head)
        return time.process_time() - start

    few = min(seconds(5_000) for _ in range(3))
    assert seconds(50_000) < few * 30


def test_time_grows_with_the_number_of_heads_alone() -> None:
    def seconds(count: int) -> float:
        wire = Wire(Pieces(b"HTTP/1.1 103 Hints\r\n\r\n" * count), FOREVER, 10**9)
        start = time.process_time()
        for _ in range(count):
            assert wire.read_head() == b"HTTP/1.1 103 Hints"
        return time.process_time() - start

    few = min(seconds(2_000) for _ in range(3))
    assert seconds(20_000) < few * 30


def read_from(*pieces: bytes) -> tuple[Head, bytes, bytes]:
    """The head and the body of a response that comes in pieces, and what follows."""
    wire = Wire(Pieces(*pieces), FOREVER, 10**9)
    head = parse_head(wire.read_head(), "GET")
    frame = frame_body(head, wire)
    content = b"".join(iter(lambda: frame.read(7), b""))
    assert frame.is_over
    return head, content, b"".join(iter(lambda: wire.read(99), b""))


class Pieces(socket.socket):
    """A connection over which pieces come, one at a time."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = iter(filter(None, pieces))

    def settimeout(self, value: float | None) -> None:
        assert value is not None and value > 0

    def recv(self, bufsize: int, flags: int = 0) -> bytes:
        return next(self._pieces, b"")
