# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""The bytes that come over a connection, in time and not too many of them."""

from __future__ import annotations

import re
import socket
from time import monotonic

from .errors import TransportError
from .heads import BrokenResponse

_PIECE = 64 * 1024
_LONGEST_LINE = 4096
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_LONGEST_END = len(b"\r\n\r\n")


class Wire:
    """Reads from a connection, and keeps what has come and is not asked for yet.

    No wait ends after the deadline, or lasts longer than ``idle_timeout`` where there
    is one.

    Args:
        deadline: When ``time.monotonic()`` comes to it, a TimeoutError is raised.
        most: How many bytes may come.
    """

    def __init__(self, connection: socket.socket, deadline: float, most: int) -> None:
        self.at_end = False
        """Whether nothing comes any more."""
        self.left = most
        """How many bytes may come from now on."""
        self.idle_timeout: float | None = None
        self._connection = connection
        self._deadline = deadline
        self._come = b""
        self._given = 0

    def hurry(self, seconds: float) -> None:
        """Let the deadline be in so many seconds, if it is not before that."""
        self.idle_timeout = None
        self._deadline = min(self._deadline, monotonic() + seconds)

    def read_head(self) -> bytes:
        """Read up to an empty line, and give what stands before it.

        Raises:
            BrokenResponse, ConnectionError: The connection ends before.
        """
        begun = bytearray(self._come[self._given :])
        searched = 0
        while (end := _END_OF_HEAD.search(begun, searched)) is None:
            searched = max(0, len(begun) - _LONGEST_END)
            begun += self._receive()
            if self.at_end:
                if begun:
                    raise BrokenResponse("no whole head")
                raise ConnectionError("the connection was closed without a response")
        self._come, self._given = bytes(begun), end.end()
        return self._come[: end.start()]

    def read_line(self) -> bytes:
        """Read a short line, and give it without its end; the end is an empty one.

        Raises:
            BrokenResponse: It is not short, or the connection ends in it.
        """
        while (end := self._come.find(b"\n", self._given)) < 0:
            begun = self._come[self._given :]
            self._come, self._given = begun + self._receive(), 0
            if len(begun) > _LONGEST_LINE or (begun and self.at_end):
                raise BrokenResponse("a line that does not end")
            if self.at_end:
                return b""
        line = self._come[self._given : end]
        self._given = end + 1
        return line.removesuffix(b"\r")

    def read(self, most: int) -> bytes:
        """Give bytes as soon as there are some; none are the end."""
        if not self.has_ahead():
            self._come, self._given = self._receive(), 0
        start = self._given
        self._given = min(start + most, len(self._come))
        return self._come[start : self._given]

    def has_ahead(self) -> bool:
        """Whether there are bytes that have come and that nobody has asked for."""
        return self._given < len(self._come)

    def _receive(self) -> bytes:
        if self.at_end:
            return b""
        timeout = self.idle_timeout or remaining(self._deadline)
        self._connection.settimeout(timeout)
        piece = self._connection.recv(_PIECE)
        self.at_end = not piece
        self.left -= len(piece)
        if self.left < 0:
            raise TransportError("the response is too large")
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
