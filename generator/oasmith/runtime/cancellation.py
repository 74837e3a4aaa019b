# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Ends what a call waits for, at the word of another thread."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Event, Lock

from .errors import TransportError


class Cancellation:
    """What a call can be cancelled by: it is told what the call waits for."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.is_cancelled = False
        self._connection: socket.socket | None = None
        self._pause: Event | None = None

    def cancel(self) -> None:
        """End the call's waiting, now and from now on; its connection is shut down."""
        with self._lock:
            self.is_cancelled = True
            if self._connection is not None:
                shut_down(self._connection)
            if self._pause is not None:
                self._pause.set()

    def hold(self, connection: socket.socket) -> None:
        """Note the connection that the call waits for, in place of the one before.

        Raises:
            TransportError: The call is cancelled.
        """
        with self._lock:
            self.check()
            self._connection = connection

    def release(self) -> None:
        """Note that the call has done with the connection.

        That comes before others use it, and before it is closed, for its number may
        be another one's at once.
        """
        with self._lock:
            self._connection = None

    def pause(self, seconds: float) -> None:
        """Sleep.

        Raises:
            TransportError: The call is cancelled.
        """
        with self._lock:
            self.check()
            self._pause = Event()
        self._pause.wait(seconds)
        self.check()

    def check(self) -> None:
        """Let a call go on only if it is not cancelled.

        Raises:
            TransportError: It is.
        """
        if self.is_cancelled:
            raise TransportError("the call was cancelled")


def shut_down(connection: socket.socket) -> None:
    """Wake a thread that waits for the connection, which closing alone would not."""
    with suppress(OSError):
        # Not the method of a TLS socket, which takes away what that thread reads with.
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
