# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Unpacks bodies that were packed for the way (RFC 9110 section 8.4)."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Protocol

from .errors import TransportError

_PIECE = 64 * 1024
MOST_MEMBERS = 10_000
"""Of a body that is read as a whole; each takes some time, however little is in it."""


def unpack(packed: bytes, coding: str, limit: int) -> bytes:
    """Unpack a whole body.

    Args:
        coding: What Content-Encoding says, in lower case.
        limit: How many bytes there may be.

    Raises:
        TransportError: There are more, or they are packed in an unknown or broken way.
    """
    if not packed or coding in ("", "identity"):
        return packed
    unpacker = Unpacker(coding, MOST_MEMBERS)
    content = bytearray()
    for piece in unpacker.unpack(packed):
        content += piece
        if len(content) > limit:
            raise TransportError(f"the response is larger than {limit} bytes")
    unpacker.finish()
    return bytes(content)


class _Decompressor(Protocol):
    """What zlib.decompressobj makes; the class has no public name."""

    @property
    def eof(self) -> bool: ...

    @property
    def unconsumed_tail(self) -> bytes: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes: ...


class Unpacker:
    """Unpacks a body as it arrives, into pieces of which none is large.

    Args:
        coding: What Content-Encoding says, in lower case.
        most_members: How many members gzip may have; without, as many as there are.
    """

    def __init__(self, coding: str, most_members: int | None = None) -> None:
        self._coding = "" if coding == "identity" else coding
        self._start = b""
        self._unpacker: _Decompressor | None = None
        self._members = 1
        self._most_members = most_members

    def unpack(self, packed: bytes) -> Iterator[bytes]:
        """Give what the next bytes stand for.

        Raises:
            TransportError: They are packed in an unknown or broken way.
        """
        if not self._coding:
            yield packed
            return
        if self._coding not in ("gzip", "x-gzip", "deflate"):
            coding = self._coding[:50]
            raise TransportError(f'the response has the unknown coding "{coding}"')
        # Each member makes a copy of what follows it.
        for start in range(0, len(packed), _PIECE):
            part = packed[start : start + _PIECE]
            while part:
                unpacker, part = self._find_unpacker(part)
                if unpacker is None:
                    break
                yield from self._inflate(unpacker, part)
                part = unpacker.unused_data

    def _find_unpacker(self, packed: bytes) -> tuple[_Decompressor | None, bytes]:
        """What unpacks the next bytes, and the bytes held back until that was known."""
        if self._unpacker is not None and not self._unpacker.eof:
            return self._unpacker, packed
        self._start, packed = b"", self._start + packed
        if self._unpacker is not None:
            self._unpacker = self._next_member()
        elif len(packed) < 2:
            self._start = packed
        else:
            self._unpacker = zlib.decompressobj(self._window(packed))
        return self._unpacker, packed

    def _next_member(self) -> _Decompressor:
        """Begin anew: gzip may be several members (RFC 1952 section 2.2)."""
        self._members += 1
        if self._most_members is not None and self._members > self._most_members:
            raise TransportError(f"the response is {self._coding} of too many members")
        if self._coding == "deflate":
            raise self._broken()
        return zlib.decompressobj(31)

    def _inflate(self, unpacker: _Decompressor, packed: bytes) -> Iterator[bytes]:
        try:
            while piece := unpacker.decompress(packed, _PIECE):
                yield piece
                if unpacker.eof:
                    break
                packed = unpacker.unconsumed_tail
        except zlib.error:
            raise self._broken() from None

    def finish(self) -> None:
        """Say that no bytes follow.

        Raises:
            TransportError: Some should.
        """
        if self._start or (self._unpacker and not self._unpacker.eof):
            raise self._broken()

    def _window(self, packed: bytes) -> int:
        """What zlib calls the formats: 47 is gzip or zlib, -15 deflate alone.

        Some servers send "deflate" without the frame that it must have.
        """
        # RFC 1950 section 2.2: a method, which is 8, and a check of both bytes.
        framed = self._coding != "deflate" or (
            packed[0] & 15 == 8 and int.from_bytes(packed[:2], "big") % 31 == 0
        )
        return 47 if framed else -15

    def _broken(self) -> TransportError:
        return TransportError(f"the response is broken {self._coding}")
