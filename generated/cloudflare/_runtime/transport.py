# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""The transport that comes with Python: HTTP/1.1 over sockets, within a deadline."""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from http.client import HTTPException
from typing import Protocol
from urllib.parse import SplitResult, urlsplit

from .errors import ApiError, ConnectionFailed, DeadlineExceeded, TransportError
from .http1 import Exchange, remaining
from .request import Request
from .response import Response


class Transport(Protocol):
    """What carries requests."""

    def send(self, request: Request, deadline: float) -> Response:
        """Give the response before ``time.monotonic()`` comes to the deadline.

        Its body may be still on its way; then it arrives before the deadline, too,
        unless the request has an ``idle_timeout``.

        Raises:
            TransportError: No response arrived.
        """
        ...

    def close(self) -> None: ...


class HttpTransport:
    """Keeps connections alive; may be used by many threads, and after a fork.

    Redirects are not followed: a redirect is a response like any other.

    Args:
        max_idle: How many idle connections are kept to each server.
        max_response_bytes: How large a body may be, packed and unpacked.
        tls: The settings for https, instead of those of the system.
    """

    def __init__(
        self,
        *,
        max_idle: int = 10,
        max_response_bytes: int = 64 * 1024 * 1024,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._max_idle = max_idle
        self._max_response_bytes = max_response_bytes
        self._given_tls = tls
        self._idle: dict[tuple[int, str, str], list[socket.socket]] = {}

    def send(self, request: Request, deadline: float) -> Response:
        url = urlsplit(request.url)
        # A fork copies the connections, but only one process can use them.
        idle = self._idle.setdefault((os.getpid(), url.scheme, url.netloc), [])
        connection = _take(idle) or self._connect(url, deadline)
        try:
            with _failures(url, sent=True):
                limit = self._max_response_bytes
                exchange = Exchange(connection, request, url, deadline, limit)
        except BaseException:
            connection.close()
            raise
        body = _Body(exchange, connection, url, idle, self._max_idle)
        return Response(exchange.status, exchange.headers, body)

    def close(self) -> None:
        """Close the idle connections; whoever sends again opens new ones."""
        for idle in list(self._idle.values()):
            while connection := _take(idle):
                connection.close()

    def _connect(self, url: SplitResult, deadline: float) -> socket.socket:
        with _failures(url, sent=False):
            connection = _open(url, deadline)
            if url.scheme == "http":
                return connection
            try:
                connection.settimeout(remaining(deadline))
                return self._tls.wrap_socket(connection, server_hostname=url.hostname)
            except OSError:
                connection.close()
                raise

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return self._given_tls or ssl.create_default_context()


class _Body:
    """A body that arrives over a connection, which is kept for others afterwards."""

    def __init__(
        self,
        exchange: Exchange,
        connection: socket.socket,
        url: SplitResult,
        idle: list[socket.socket],
        max_idle: int,
    ) -> None:
        self._exchange = exchange
        self._connection: socket.socket | None = connection
        self._url = url
        self._idle = idle
        self._max_idle = max_idle

    def read(self) -> bytes:
        try:
            with _failures(self._url, sent=True):
                content = self._exchange.read()
            self._keep()
            return content
        finally:
            self.close()

    def __iter__(self) -> Iterator[bytes]:
        try:
            with _failures(self._url, sent=True):
                yield from self._exchange
            self._keep()
        finally:
            self.close()

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(OSError):
                # Closing alone would not wake a thread that is reading.
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()

    def _keep(self) -> None:
        """Let others use the connection, where that is possible."""
        connection = self._connection
        room = len(self._idle) < self._max_idle
        if connection is not None and room and self._exchange.is_over():
            self._connection = None
            self._idle.append(connection)


def _open(url: SplitResult, deadline: float) -> socket.socket:
    """Connect to the first address that answers; all of them share the deadline."""
    port = url.port or (443 if url.scheme == "https" else 80)
    failure: OSError = OSError("the host has no address")
    for family, kind, protocol, _, address in socket.getaddrinfo(
        url.hostname, port, type=socket.SOCK_STREAM
    ):
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(remaining(deadline))
            connection.connect(address)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return connection
        except OSError as error:
            connection.close()
            failure = error
    raise failure


def _take(idle: list[socket.socket]) -> socket.socket | None:
    """Take a connection that the server has not hung up on since."""
    while True:
        try:
            connection = idle.pop()
        except IndexError:
            return None
        if _is_silent(connection):
            return connection
        connection.close()


def _is_silent(connection: socket.socket) -> bool:
    """Whether there is nothing to read, not even the end that hanging up leaves."""
    try:
        connection.setblocking(False)
        # The recv of a TLS socket can't peek.
        socket.socket.recv(connection, 1, socket.MSG_PEEK)
    except BlockingIOError:
        return True
    except OSError:
        pass
    return False


@contextmanager
def _failures(url: SplitResult, *, sent: bool) -> Generator[None]:
    """Turn what goes wrong on the way into errors of ours."""
    host = url.netloc
    try:
        yield
    except ApiError:
        raise
    except TimeoutError as error:
        raise DeadlineExceeded(f"{host} did not answer in time") from error
    except ssl.SSLCertVerificationError as error:
        raise TransportError(f"{host}: {error.verify_message}") from error
    except (OSError, ValueError) as error:
        raise ConnectionFailed(f"{host}: {error}", sent) from error
    except HTTPException as error:
        # Its text may be what the server sent, and that may be what we sent.
        problem = f"{host} gave no whole HTTP response ({type(error).__name__})"
        raise ConnectionFailed(problem, sent) from error
