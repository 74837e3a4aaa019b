# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""One HTTP/1.1 exchange over an open connection: a request there, a response back."""

from __future__ import annotations

import io
import socket
import zlib
from http.client import HTTPException, HTTPResponse, IncompleteRead
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import SplitResult

from .errors import TransportError
from .request import Request, Response

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_OVERHEAD = 1024 * 1024
"""How many bytes a response may have besides its body: headers, chunk sizes."""

_MOST_INTERIM = 20
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


def exchange(
    connection: socket.socket,
    request: Request,
    url: SplitResult,
    deadline: float,
    limit: int,
) -> tuple[Response, bool]:
    """Give the response, and whether the connection can be used again.

    Args:
        deadline: When ``time.monotonic()`` comes to it, a TimeoutError is raised.
        limit: How many bytes the body may have, packed and unpacked.

    Raises:
        TransportError: The response is larger, or can't be unpacked.
        OSError, HTTPException, ValueError: The response is not whole, or not HTTP.
    """
    _send(connection, _serialize(request, url), deadline)
    reader = _Reader(connection, deadline, limit + _OVERHEAD)
    stream = _Stream(reader)
    answer = _begin(connection, stream, request.method)
    if reader.at_end:
        # http.client takes the end of the connection for the end of the headers.
        raise HTTPException("no whole head")
    packed = _read_body(answer, limit)
    coding = answer.headers.get("Content-Encoding", "").strip().lower()
    response = Response(
        answer.status, _collect_headers(answer), _unpack(packed, coding, limit)
    )
    whole = answer.isclosed() and not answer.will_close and not reader.at_end
    # Bytes after the response would be taken for the beginning of the next one.
    reader.at_end = True
    return response, whole and not stream.peek(1)


def remaining(deadline: float) -> float:
    """The seconds until the deadline.

    Raises:
        TimeoutError: There are none.
    """
    seconds = deadline - monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


class _Reader(io.RawIOBase):
    """Reads from a connection; no wait ends after the deadline."""

    def __init__(self, connection: socket.socket, deadline: float, most: int) -> None:
        self.at_end = False
        self._connection = connection
        self._deadline = deadline
        self._left = most

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        """Leave the connection to the transport, whoever is done with this first."""

    def readinto(self, buffer: WriteableBuffer) -> int:
        if self.at_end:
            return 0
        self._connection.settimeout(remaining(self._deadline))
        count = self._connection.recv_into(buffer)
        self.at_end = count == 0
        self._left -= count
        if self._left < 0:
            raise TransportError("the response is too large")
        return count


class _Stream(io.BufferedReader):
    """Reads ahead, and shows what follows when http.client is done with it."""

    def close(self) -> None:
        pass


def _send(connection: socket.socket, data: bytes, deadline: float) -> None:
    # Not sendall, which on a TLS socket grants the whole time to each piece.
    rest = memoryview(data)
    while rest:
        connection.settimeout(remaining(deadline))
        rest = rest[connection.send(rest) :]


def _serialize(request: Request, url: SplitResult) -> bytes:
    fields = {"Host": url.netloc, "Accept-Encoding": "gzip, deflate", **request.headers}
    if request.content is not None or request.method in _WITH_BODY:
        fields["Content-Length"] = str(len(request.content or b""))
    target = url.path or "/"
    if url.query:
        target += "?" + url.query
    # Not "{value}", in which a str subclass could show another text than it holds.
    lines = [": ".join(field) for field in fields.items()]
    head = "\r\n".join([f"{request.method} {target} HTTP/1.1", *lines, "", ""])
    return head.encode("ascii") + (request.content or b"")


def _begin(connection: socket.socket, stream: _Stream, method: str) -> HTTPResponse:
    """Read the head of the response, and leave out the interim ones (1xx)."""
    for _ in range(_MOST_INTERIM):
        answer = HTTPResponse(connection, method=method)
        answer.fp = stream
        answer.begin()
        if answer.status >= 200:
            return answer
        if answer.status == 101:
            break
    raise HTTPException("no final response")


def _read_body(answer: HTTPResponse, limit: int) -> bytes:
    if answer.length is None or answer.length <= limit:
        content = answer.read(limit + 1)
        if len(content) <= limit:
            if answer.length:
                raise IncompleteRead(content, answer.length)
            return content
    raise TransportError(f"the response is larger than {limit} bytes")


def _collect_headers(answer: HTTPResponse) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in answer.getheaders():
        key = name.lower()
        headers[key] = f"{headers[key]}, {value}" if key in headers else value
    return headers


def _unpack(packed: bytes, coding: str, limit: int) -> bytes:
    if not packed or coding in ("", "identity"):
        return packed
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise TransportError(f'the response has the unknown coding "{coding:.50}"')
    # Some servers send "deflate" without the frame that it must have (RFC 9110 8.4.1).
    framed = coding != "deflate" or int.from_bytes(packed[:2], "big") % 31 == 0
    unpacker = zlib.decompressobj(47 if framed else -15)
    try:
        content = unpacker.decompress(packed, limit + 1)
    except zlib.error:
        raise TransportError(f"the response is broken {coding}") from None
    if len(content) > limit:
        raise TransportError(f"the response is larger than {limit} bytes")
    if not unpacker.eof or unpacker.unused_data:
        raise TransportError(f"the response is broken {coding}")
    return content
