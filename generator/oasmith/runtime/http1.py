# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""One HTTP/1.1 exchange over an open connection: a request there, a response back."""

from __future__ import annotations

import io
import socket
from collections.abc import Iterator, Mapping
from http.client import HTTPException, HTTPResponse, IncompleteRead
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from .errors import TransportError
from .request import Request
from .unpack import Unpacker, unpack

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_LONGEST_HEAD = 256 * 1024
"""How many bytes may come before the body, interim responses included."""

_OVERHEAD = 1024 * 1024
"""How many bytes may come with a body: chunk sizes, trailers."""

PATIENCE = 0.1
"""The seconds that the rest of a body is waited for so that its connection is kept."""

LONGEST_REST = 64 * 1024
"""How long that rest may be."""

_PIECE = 64 * 1024
_MOST_INTERIM = 20
_LENGTH = frozenset("0123456789, ")
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
        OSError, HTTPException, ValueError: The response is not whole, or not HTTP.
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
        self._reader = _Reader(connection, deadline, _LONGEST_HEAD)
        self._stream = _Stream(self._reader)
        try:
            self._is_sent = False
            _send(connection, request, line, deadline)
            self._is_sent = True
            self._answer = self._begin(request.method)
        except ConnectionError:
            if self._is_sent:
                raise
            # Who takes no more of it may have said why (RFC 9110 section 15.5.14).
            self._answer = self._begin(request.method)
        self.status = self._answer.status
        self.headers = _collect_headers(self._answer)
        _check_framing(self._answer, self.headers)
        self._coding = self.headers.get("content-encoding", "").strip().lower()
        self._reader.left = limit + _OVERHEAD
        self._idle_timeout = request.idle_timeout if self.status < 400 else None

    def read(self) -> bytes:
        """Give the body, or what is left of it.

        Raises:
            TransportError: It is larger than it may be, or can't be unpacked.
            OSError, HTTPException, ValueError: It is not whole, or not HTTP.
        """
        packed = self._read_whole(self._limit)
        return unpack(packed, self._coding, self._limit)

    def __iter__(self) -> Iterator[bytes]:
        """Give the pieces of the body as they arrive, however many.

        Raises:
            TransportError: It can't be unpacked.
            OSError, HTTPException, ValueError: It is not whole, or not HTTP.
        """
        self._reader.idle_timeout = self._idle_timeout
        unpacker = Unpacker(self._coding)
        while packed := self._read_piece():
            yield from unpacker.unpack(packed)
        unpacker.finish()

    def pass_over(self) -> None:
        """Read on to the end of a body that should end now, but not for long.

        Raises:
            OSError, HTTPException, ValueError: It does not end.
        """
        self._reader.hurry(PATIENCE)
        self._reader.left = LONGEST_REST
        while self._answer.read1(_PIECE):
            pass

    def is_over(self) -> bool:
        """Whether all has arrived and the connection can be used again."""
        if self._reader.at_end or self._answer.will_close or not self._is_sent:
            return False
        whole = self._answer.isclosed() or self._answer.length == 0
        # Bytes after the response would be taken for the beginning of the next one.
        return whole and not self.has_more()

    def has_more(self) -> bool:
        """Whether bytes that nobody asked for are there; nothing is read after this."""
        self._reader.at_end = True
        return bool(self._stream.peek(1))

    def _read_whole(self, limit: int) -> bytes:
        answer = self._answer
        if answer.length is None or answer.length <= limit:
            content = answer.read(limit + 1)
            if len(content) <= limit:
                if answer.length:
                    raise IncompleteRead(content, answer.length)
                return content
        raise TransportError(f"the response is larger than {limit} bytes")

    def _begin(self, method: str) -> HTTPResponse:
        """Read the head of the response, and leave out the interim ones (1xx)."""
        for _ in range(_MOST_INTERIM):
            answer = HTTPResponse(self._reader.connection, method=method)
            answer.fp = self._stream
            answer.begin()
            if self._reader.at_end:
                # http.client takes the end of the connection for that of the headers.
                raise HTTPException("no whole head")
            if answer.status >= 200:
                # Whatever its headers say, it has no body (RFC 9112 section 6.3).
                answer.chunked = answer.chunked and answer.length != 0
                return answer
            if answer.status == 101:
                break
        raise HTTPException("no final response")

    def _read_piece(self) -> bytes:
        self._reader.left = _PIECE + _OVERHEAD
        piece = self._answer.read1(_PIECE)
        if not piece and self._answer.length:
            raise IncompleteRead(piece, self._answer.length)
        return piece


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
    """Reads from a connection.

    No wait ends after the deadline, or lasts longer than ``idle_timeout`` where there
    is one.
    """

    def __init__(self, connection: socket.socket, deadline: float, most: int) -> None:
        self.at_end = False
        self.left = most
        self.idle_timeout: float | None = None
        self.connection = connection
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        """Leave the connection to the transport, whoever is done with this first."""

    def hurry(self, seconds: float) -> None:
        """Let the deadline be in so many seconds, if it is not before that."""
        self.idle_timeout = None
        self._deadline = min(self._deadline, monotonic() + seconds)

    def readinto(self, buffer: WriteableBuffer) -> int:
        if self.at_end:
            return 0
        self.connection.settimeout(self.idle_timeout or remaining(self._deadline))
        count = self.connection.recv_into(buffer)
        self.at_end = count == 0
        self.left -= count
        if self.left < 0:
            raise TransportError("the response is too large")
        return count


class _Stream(io.BufferedReader):
    """Reads ahead, and shows what follows when http.client is done with it."""

    def close(self) -> None:
        pass


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


def _collect_headers(answer: HTTPResponse) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in answer.getheaders():
        key = name.lower()
        headers[key] = f"{headers[key]}, {value}" if key in headers else value
    return headers


def _check_framing(answer: HTTPResponse, headers: Mapping[str, str]) -> None:
    """Refuse a head that leaves open where its body ends (RFC 9112 section 6.3).

    Raises:
        HTTPException: http.client guessed.
    """
    if answer.headers.get_payload():
        raise HTTPException("a line in the head that is no header")
    if answer.length == 0:
        return
    if headers.get("transfer-encoding", "chunked").strip().lower() != "chunked":
        raise HTTPException("an unknown transfer coding")
    length = headers.get("content-length", "0")
    if not answer.chunked and not (length.isdecimal() and len(length) < 20):
        lengths = {each.strip() for each in length.split(",")}
        if len(lengths) != 1 or not _LENGTH.issuperset(length) or len(length) > 99:
            raise HTTPException("no length that could be")
