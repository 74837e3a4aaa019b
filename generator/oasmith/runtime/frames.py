# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Where the body of an HTTP/1.1 response ends (RFC 9112 sections 6 and 7)."""

from __future__ import annotations

import re
from typing import Protocol

from .errors import TransportError
from .heads import MOST_FIELDS, BrokenResponse, Head
from .wire import Wire

_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;.*)?")


class Frame(Protocol):
    """What knows which bytes belong to a body."""

    is_over: bool
    """Whether all of them were given."""

    def read(self, most: int) -> bytes:
        """Give bytes as soon as there are some; none are the end.

        Raises:
            BrokenResponse: The connection ends too early, or they have no right frame.
            TransportError: There is too much around them.
        """
        ...


def frame_body(head: Head, wire: Wire) -> Frame:
    if head.is_chunked:
        return _Chunked(wire)
    return _Unbounded(wire) if head.length is None else _Sized(wire, head.length)


class _Sized:
    """A body of a length that its head tells."""

    def __init__(self, wire: Wire, length: int) -> None:
        self.is_over = length == 0
        self._wire = wire
        self._left = length

    def read(self, most: int) -> bytes:
        if self.is_over:
            return b""
        piece = self._wire.read(min(most, self._left))
        if not piece:
            raise BrokenResponse("an early end")
        self._left -= len(piece)
        self.is_over = self._left == 0
        return piece


class _Chunked:
    """A body of chunks, each with its length before it."""

    def __init__(self, wire: Wire) -> None:
        self.is_over = False
        self._wire = wire
        self._left = 0
        """Of the chunk; what stands behind it is read with the next one."""
        self._is_first = True

    def read(self, most: int) -> bytes:
        if not self._left:
            self._begin_chunk()
            if self.is_over:
                return b""
        piece = self._wire.read(min(most, self._left))
        if not piece:
            raise BrokenResponse("an early end")
        self._left -= len(piece)
        return piece

    def _begin_chunk(self) -> None:
        if self.is_over:
            return
        if not self._is_first and self._wire.read_line():
            raise BrokenResponse("a chunk that is longer than it says")
        self._is_first = False
        size = _CHUNK_SIZE.fullmatch(self._wire.read_line())
        if size is None:
            raise BrokenResponse("a chunk without a size")
        self._left = int(size[1], 16)
        if not self._left:
            self._pass_over_trailers()
            self.is_over = True

    def _pass_over_trailers(self) -> None:
        # Some servers hang up before the empty line, when the body is whole already.
        for _ in range(MOST_FIELDS + 1):
            if not self._wire.read_line():
                return
        raise TransportError("the response has too many trailers")


class _Unbounded:
    """A body that goes on until the connection ends."""

    def __init__(self, wire: Wire) -> None:
        self.is_over = False
        self._wire = wire

    def read(self, most: int) -> bytes:
        piece = self._wire.read(most)
        self.is_over = not piece
        return piece
