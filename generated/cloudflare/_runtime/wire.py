# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""The bytes that come over a connection, in time and not too many of them."""

from __future__ import annotations

import re
import socket
from time import monotonic

from .errors import TransportError
from .heads import BrokenResponse

PIECE = 64 * 1024
"""How many bytes come at once, at most."""

_LONGEST_LINE = 64 * 1024
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_LONGEST_END = len(b"\r\n\r\n")


class Wire:
    """Reads from a connection, and keeps what has come and is not asked for yet.

    Reading raises a TimeoutError after the deadline, and a TransportError where more
    bytes are needed than may come.

    Args:
        deadline: In the time of ``time.monotonic()``.
        most: How many bytes may come.
    """

    def __init__(self, connection: socket.socket, deadline: float, most: int) -> None:
        self.deadline = deadline
        self.left = most
        """How many bytes may come from now on."""
        self.at_end = False
        """Whether nothing comes any more."""
        self._connection = connection
        self._come = b""
        self._given = 0

    def read_head(self) -> bytes:
        """Read up to an empty line, and give what stands before it.

        Raises:
            BrokenResponse, ConnectionError: The connection ends before that.
        """
        end = _END_OF_HEAD.search(self._come, self._given) or self._receive_head()
        head = self._come[self._given : end.start()]
        self._given = end.end()
        return head

    def _receive_head(self) -> re.Match[bytes]:
        begun = bytearray(self._come[self._given :])
        searched = 0
        while (end := _END_OF_HEAD.search(begun, searched)) is None:
            searched = max(0, len(begun) - _LONGEST_END)
            begun += self._receive()
            if self.at_end:
                if begun:
                    raise BrokenResponse("no whole head")
                raise ConnectionError("the connection was closed without a response")
        self._come, self._given = bytes(begun), 0
        return end

    def read_line(self) -> bytes:
        """Read a line, and give it without its end.

        The end of the connection is an empty line.

        Raises:
            BrokenResponse: The connection ends in it.
            TransportError: It is long.
        """
        while (end := self._come.find(b"\n", self._given)) < 0:
            begun = self._come[self._given :]
            _check_line(len(begun))
            self._come, self._given = begun + self._receive(), 0
            if self.at_end:
                if begun:
                    raise BrokenResponse("a line that does not end")
                return b""
        _check_line(end - self._given)
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
        if self.left <= 0:
            raise TransportError("the response is too large")
        self._connection.settimeout(remaining(self.deadline))
        piece = self._connection.recv(min(PIECE, self.left))
        self.at_end = not piece
        self.left -= len(piece)
        return piece


def _check_line(size: int) -> None:
    if size > _LONGEST_LINE:
        raise TransportError("the response has a line that is too long")


def remaining(deadline: float) -> float:
    """The seconds until the deadline.

    Raises:
        TimeoutError: There are none.
    """
    seconds = deadline - monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds
