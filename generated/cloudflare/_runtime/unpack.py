# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Unpacks bodies that were packed for the way (RFC 9110 section 8.4)."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Protocol

from .errors import TransportError

_PIECE = 64 * 1024


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
    unpacker = Unpacker(coding)
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
    """

    def __init__(self, coding: str) -> None:
        self._coding = "" if coding == "identity" else coding
        self._start = b""
        self._unpacker: _Decompressor | None = None

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
        if self._unpacker is None:
            self._start = packed = self._start + packed
            if len(packed) < 2:
                return
            self._unpacker = zlib.decompressobj(self._window(packed))
        try:
            while piece := self._unpacker.decompress(packed, _PIECE):
                yield piece
                packed = self._unpacker.unconsumed_tail
        except zlib.error:
            raise self._broken() from None
        if self._unpacker.unused_data:
            raise self._broken()

    def finish(self) -> None:
        """Say that no bytes follow.

        Raises:
            TransportError: Some should.
        """
        if self._start and not (self._unpacker and self._unpacker.eof):
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
