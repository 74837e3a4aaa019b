# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""One HTTP/1.1 exchange over an open connection: a request there, a response back."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from io import BytesIO
from ssl import SSLEOFError
from time import monotonic
from typing import NamedTuple

from .errors import TransportError
from .frames import frame_body
from .heads import BrokenResponse, Head, parse_head
from .request import Request
from .unpack import Unpacker, unpack
from .wire import PIECE, Wire, remaining

_LONGEST_HEAD = 256 * 1024
"""How many bytes may come before the body, interim responses included."""

_OVERHEAD = 1024 * 1024
"""How many bytes may come with a body: chunk sizes, trailers."""

PATIENCE = 0.1
"""The seconds that the rest of a body is waited for so that its connection is kept."""

LONGEST_REST = 64 * 1024
"""How long that rest may be."""

_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


class Line(NamedTuple):
    """What the head of a request has because of the way that it takes."""

    target: str
    """What stands between the method and the version (RFC 9112 section 3.2)."""

    fields: Mapping[str, str]


class Exchange:
    """A request that was sent, and the response, of which the head has arrived.

    Args:
        connection: What nobody else uses until the exchange is over.
        line: The URL of the request, as it is written on this connection.
        deadline: When ``time.monotonic()`` comes to it, a TimeoutError is raised.
        limit: How many bytes the body may have when it is read as a whole, packed and
            unpacked.

    Raises:
        OSError, BrokenResponse: The response is not whole, or not HTTP.
        TransportError: Its head is too large.
    """

    def __init__(
        self,
        connection: socket.socket,
        request: Request,
        line: Line,
        deadline: float,
        limit: int,
    ) -> None:
        self._limit = limit
        self._wire = Wire(connection, deadline, _LONGEST_HEAD)
        self._is_sent = False
        try:
            _send(connection, request, line, deadline)
            self._is_sent = True
            head = self._read_head(request.method)
        except (ConnectionError, SSLEOFError):
            if self._is_sent:
                raise
            # Who takes no more of it may have said why (RFC 9110 section 15.5.14).
            head = self._read_head(request.method)
        self.status = head.status
        self.headers = head.headers
        self._head = head
        self._frame = frame_body(head, self._wire)
        self._coding = head.headers.get("content-encoding", "").strip().lower()
        self._wire.left = limit + _OVERHEAD
        self._idle_timeout = request.idle_timeout if self.status < 400 else None

    def read(self) -> bytes:
        """Give the body, or what is left of it.

        Raises:
            TransportError: It is larger than it may be, or can't be unpacked.
            OSError, BrokenResponse: It is not whole, or not HTTP.
        """
        return unpack(self._read_whole(), self._coding, self._limit)

    def __iter__(self) -> Iterator[bytes]:
        """Give the pieces of the body as they arrive, however many.

        Raises:
            TransportError: It can't be unpacked.
            OSError, BrokenResponse: It is not whole, or not HTTP.
        """
        unpacker = Unpacker(self._coding)
        while packed := self._read_piece():
            yield from unpacker.unpack(packed)
        unpacker.finish()

    def pass_over(self) -> None:
        """Read on to the end of a body that should end now, but not for long.

        Raises:
            OSError, BrokenResponse: It does not end.
        """
        self._wire.deadline = min(self._wire.deadline, monotonic() + PATIENCE)
        self._wire.left = LONGEST_REST
        while self._frame.read(PIECE):
            pass

    def is_over(self) -> bool:
        """Whether all has arrived and the connection can be used again."""
        if self.at_end or self._head.is_last or not self._is_sent:
            return False
        # Bytes after the response would be taken for the beginning of the next one.
        return self._frame.is_over and not self.has_more()

    @property
    def at_end(self) -> bool:
        """Whether the connection has ended, and with it whatever had no other end."""
        return self._wire.at_end

    def has_more(self) -> bool:
        """Whether bytes have come that nobody asked for."""
        return self._wire.has_ahead()

    def _read_head(self, method: str) -> Head:
        """Read the head of the response, and leave out the interim ones (1xx)."""
        while (head := parse_head(self._wire.read_head(), method)).status < 200:
            if head.status == 101:
                raise BrokenResponse("another protocol that nobody asked for")
        return head

    def _read_whole(self) -> bytes:
        content = BytesIO()
        size = self._head.length or 0
        while size <= self._limit:
            piece = self._frame.read(PIECE)
            if not piece:
                return content.getvalue()
            content.write(piece)
            size = content.tell()
        raise TransportError(f"the response is larger than {self._limit} bytes")

    def _read_piece(self) -> bytes:
        self._wire.left = PIECE + _OVERHEAD
        if self._idle_timeout is not None:
            self._wire.deadline = monotonic() + self._idle_timeout
        return self._frame.read(PIECE)


def _send(
    connection: socket.socket, request: Request, line: Line, deadline: float
) -> None:
    content = request.content
    if content is None or isinstance(content, bytes):
        length = None if content is None else len(content)
        head = _serialize(request, line, length)
        _send_all(connection, head + (content or b""), deadline)
        return
    _send_all(connection, _serialize(request, line, content.length), deadline)
    if content.length is None:
        for piece in content:
            if piece:
                _send_all(connection, b"%x\r\n%b\r\n" % (len(piece), piece), deadline)
        _send_all(connection, b"0\r\n\r\n", deadline)
    else:
        for piece in content:
            _send_all(connection, piece, deadline)


def _send_all(connection: socket.socket, data: bytes, deadline: float) -> None:
    # Not sendall, which on a TLS socket grants the whole time to each piece.
    rest = memoryview(data)
    while rest:
        connection.settimeout(remaining(deadline))
        rest = rest[connection.send(rest) :]


def _serialize(request: Request, line: Line, length: int | None) -> bytes:
    """Write the head of a request, whose body has so many bytes if that is known."""
    fields = {**line.fields, **request.headers}
    if length is not None:
        fields["Content-Length"] = str(length)
    elif request.content is not None:
        fields["Transfer-Encoding"] = "chunked"
    elif request.method in _WITH_BODY:
        fields["Content-Length"] = "0"
    # Not "{value}", in which a str subclass could show another text than it holds.
    lines = [": ".join(field) for field in fields.items()]
    head = "\r\n".join([f"{request.method} {line.target} HTTP/1.1", *lines, "", ""])
    return head.encode("ascii")
