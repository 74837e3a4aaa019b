# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""The addresses of a host, asked for within a deadline."""

from __future__ import annotations

import os
import socket
from _thread import start_new_thread
from collections.abc import Sequence
from threading import Event

from .wire import remaining

Found = tuple[
    socket.AddressFamily,
    socket.SocketKind,
    int,
    str,
    tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes],
]
"""What socket.getaddrinfo gives for each address."""


def find_addresses(host: str, port: int, deadline: float) -> Sequence[Found]:
    """Ask the system for the addresses of a host.

    The system can't be told to hurry, so a thread asks and is given up in the end. Who
    asks for a host that is being asked for waits for the same answer, and so there is
    at most one such thread a host.

    Raises:
        TimeoutError: There was no answer before the deadline.
        OSError, ValueError: There is no such host.
    """
    if ":" in host or host.replace(".", "").isdecimal():
        return _ask(host, port)
    mine = _Lookup()
    # A fork copies the lookups, but not the threads that would end them.
    key = (os.getpid(), host, port)
    lookup = _under_way.setdefault(key, mine)
    if lookup is mine:
        try:
            start_new_thread(lookup.run, key)
        except RuntimeError:  # There are no more threads to be had.
            lookup.run(*key)
    return lookup.wait(deadline)


def _ask(host: str, port: int) -> Sequence[Found]:
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


class _Lookup:
    def __init__(self) -> None:
        self._is_done = Event()
        self._found: Sequence[Found] = ()
        self._failure: OSError | ValueError | None = None

    def run(self, process: int, host: str, port: int) -> None:
        try:
            self._found = _ask(host, port)
        except (OSError, ValueError) as error:
            self._failure = error
        finally:
            del _under_way[process, host, port]
            self._is_done.set()

    def wait(self, deadline: float) -> Sequence[Found]:
        if not self._is_done.wait(remaining(deadline)):
            raise TimeoutError
        if self._failure is not None:
            raise self._failure
        return self._found


_under_way: dict[tuple[int, str, int], _Lookup] = {}
