# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""The transport that comes with Python: HTTP/1.1 over sockets, within a deadline."""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Protocol
from urllib.parse import SplitResult, urlsplit

from .cancellation import shut_down
from .errors import (
    ApiError,
    Closed,
    ConnectionFailed,
    DeadlineExceeded,
    TransportError,
)
from .heads import BrokenResponse
from .http1 import Exchange
from .request import Request
from .response import Response
from .route import Route

if TYPE_CHECKING:
    from .cancellation import Cancellation
    from .proxies import Proxy


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
        proxy: The URL of a proxy, with a user and a password if it wants them, or ""
            for none. By default the environment names it when a server is first spoken
            to: http_proxy, https_proxy and all_proxy, and no_proxy for exceptions.

    Raises:
        InvalidArgument: The proxy is none that can be used.
    """

    def __init__(
        self,
        *,
        max_idle: int = 10,
        max_response_bytes: int = 64 * 1024 * 1024,
        tls: ssl.SSLContext | None = None,
        proxy: str | None = None,
    ) -> None:
        self._max_idle = max_idle
        self._max_response_bytes = max_response_bytes
        self._given_tls = tls
        self._find_proxy = _from_environment if proxy is None else _given(proxy)
        self._routes: dict[tuple[int, str, str], Route] = {}

    def send(self, request: Request, deadline: float) -> Response:
        url = urlsplit(request.url)
        # A fork copies the connections, but only one process can use them.
        key = (os.getpid(), url.scheme, url.netloc)
        route = self._routes.get(key) or self._add_route(key, url)
        cancellation = request.cancellation
        connection = _take(route.idle)
        if connection is None:
            with _failures(route, sent=False):
                connection = route.open(deadline, cancellation)
        try:
            if cancellation is not None:
                cancellation.hold(connection)
            with _failures(route, sent=True):
                line, limit = route.address(url), self._max_response_bytes
                exchange = Exchange(connection, request, line, deadline, limit)
        except BaseException:
            if cancellation is not None:
                cancellation.release()
            connection.close()
            raise
        body = _Body(exchange, connection, route, self._max_idle, cancellation)
        return Response(exchange.status, exchange.headers, body)

    def close(self) -> None:
        """Close the idle connections; whoever sends again opens new ones."""
        for route in list(self._routes.values()):
            while connection := _take(route.idle):
                connection.close()

    def _add_route(self, key: tuple[int, str, str], url: SplitResult) -> Route:
        route = Route(url, self._find_proxy(url), lambda: self._tls)
        return self._routes.setdefault(key, route)

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return self._given_tls or ssl.create_default_context()


def _given(proxy: str) -> Callable[[SplitResult], Proxy | None]:
    if not proxy:
        return lambda url: None
    from .proxies import parse_proxy

    parsed = parse_proxy(proxy)
    return lambda url: parsed


def _from_environment(url: SplitResult) -> Proxy | None:
    # Most environments name none, and then this is all that it costs.
    if not any(name[-6:].lower() == "_proxy" for name in os.environ):
        return None
    from .proxies import proxy_from_environment

    return proxy_from_environment(url)


class _Body:
    """A body that arrives over a connection, which is kept for others afterwards."""

    def __init__(
        self,
        exchange: Exchange,
        connection: socket.socket,
        route: Route,
        max_idle: int,
        cancellation: Cancellation | None,
    ) -> None:
        self._exchange = exchange
        self._held = [connection]
        self._route = route
        self._max_idle = max_idle
        self._cancellation = cancellation

    def read(self) -> bytes:
        self._check_held()
        try:
            with _failures(self._route, sent=True):
                content = self._exchange.read()
            self._check_end()
        except BaseException:
            self._drop()
            raise
        self.close()
        return content

    def __iter__(self) -> Iterator[bytes]:
        self._check_held()
        try:
            with _failures(self._route, sent=True):
                yield from self._exchange
            self._check_end()
        except BaseException:
            self._drop()
            raise
        self.close()

    def _check_held(self) -> None:
        if not self._held:
            raise Closed("the response was closed before it was whole")

    def _check_end(self) -> None:
        """Tell an end that another thread has made from one of the server's."""
        if self._exchange.at_end:
            self._check_held()
            if self._cancellation is not None:
                self._cancellation.check()

    def finish(self) -> None:
        try:
            with _failures(self._route, sent=True):
                self._exchange.pass_over()
        except TransportError:
            self._drop()
        self.close()

    def close(self) -> None:
        """Let others use the connection where that is possible, or else drop it."""
        room = len(self._route.idle) < self._max_idle
        if not (self._held and room and self._exchange.is_over()):
            self._drop()
        elif (connection := self._let_go()) is not None:
            self._route.idle.append(connection)

    def _drop(self) -> None:
        if (connection := self._let_go()) is not None:
            shut_down(connection)
            connection.close()

    def _let_go(self) -> socket.socket | None:
        """Give the connection to the first that asks, of whatever thread."""
        try:
            connection = self._held.pop()
        except IndexError:
            return None
        if self._cancellation is not None:
            self._cancellation.release()
        return connection


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
def _failures(route: Route, *, sent: bool) -> Generator[None]:
    """Turn what goes wrong on the way into errors of ours."""
    try:
        yield
    except ApiError:
        raise
    except TimeoutError as error:
        raise DeadlineExceeded(f"{route.place} did not answer in time") from error
    except ssl.SSLCertVerificationError as error:
        raise TransportError(f"{route.place}: {error.verify_message}") from error
    except (OSError, ValueError) as error:
        raise ConnectionFailed(f"{route.place}: {error}", sent) from error
    except BrokenResponse as error:
        problem = f"{route.place} gave no whole HTTP response: {error}"
        raise ConnectionFailed(problem, sent) from error
