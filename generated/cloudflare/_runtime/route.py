# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""The way to a server: straight or through a proxy, with TLS or without."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ssl import SSLContext
from typing import TYPE_CHECKING
from urllib.parse import SplitResult

from .addresses import find_addresses
from .errors import ConnectionFailed, TransportError
from .heads import BrokenResponse
from .http1 import Exchange, Line
from .request import Request
from .wire import remaining

if TYPE_CHECKING:
    from .cancellation import Cancellation
    from .proxies import Proxy

_ASKS_AGAIN = frozenset({408, 429, 500, 502, 503, 504})


class Route:
    """Where the connections for one scheme, host and port lead.

    Args:
        url: Any that leads there, split.
        tls: Gives the settings for TLS, if it comes to that.
    """

    # No dataclass: every program would wait for it to be made.
    __slots__ = ("fields", "idle", "proxy", "tls", "url")

    def __init__(
        self, url: SplitResult, proxy: Proxy | None, tls: Callable[[], SSLContext]
    ) -> None:
        self.url = url
        self.proxy = proxy
        self.tls = tls
        self.idle: list[socket.socket] = []
        """Open connections that wait for the next request."""
        self.fields = {"Host": url.netloc, "Accept-Encoding": "gzip, deflate"}
        """The headers that every request has because of it."""
        if proxy is not None and url.scheme == "http":
            self.fields |= _authorize(proxy)

    @property
    def place(self) -> str:
        """What errors call it."""
        return name_place(self.url, self.proxy)

    def address(self, url: SplitResult) -> Line:
        """Write a URL as the request line has it, and what goes with it."""
        target = url.path or "/"
        if url.query:
            target += "?" + url.query
        if self.proxy is not None and url.scheme == "http":
            target = f"http://{url.netloc}{target}"
        return Line(target, self.fields)

    def open(self, deadline: float, cancellation: Cancellation | None) -> socket.socket:
        """Make a connection over which requests can be sent.

        Raises:
            OSError, ValueError, BrokenResponse: It can't be made.
            TransportError: The proxy refuses.
        """
        opening = _Opening(deadline, cancellation)
        host, port = self.url.hostname or "", _port(self.url)
        proxy, wants_tls = self.proxy, self.url.scheme == "https"
        if proxy is None:
            opening.connect(host, port)
        elif proxy.scheme == "https" and wants_tls:
            raise TransportError(f"{self.place}: an https proxy is for http only")
        else:
            opening.connect(proxy.host, proxy.port)
        try:
            if proxy is not None and proxy.scheme == "https":
                opening.start_tls(self.tls(), proxy.host)
            elif proxy is not None and wants_tls:
                opening.tunnel(f"{_bracket(host)}:{port}", proxy)
            if wants_tls:
                opening.start_tls(self.tls(), host)
        except BaseException:
            opening.close()
            raise
        return opening.connection


def name_place(url: SplitResult, proxy: Proxy | None) -> str:
    """What errors call a server, and the way to it."""
    return f"{url.netloc} through the proxy {proxy.place}" if proxy else url.netloc


class _Opening:
    """A connection while it is made."""

    connection: socket.socket

    def __init__(self, deadline: float, cancellation: Cancellation | None) -> None:
        self._deadline = deadline
        self._cancellation = cancellation

    def connect(self, host: str, port: int) -> None:
        """Connect to the first address that answers; all of them share the deadline."""
        failure: OSError = OSError("the host has no address")
        addresses = find_addresses(host, port, self._deadline)
        for left, (family, kind, protocol, _, address) in zip(
            range(len(addresses), 0, -1), addresses, strict=True
        ):
            self._hold(socket.socket(family, kind, protocol))
            try:
                # One that is silent leaves some of the time to the others.
                self.connection.settimeout(remaining(self._deadline) / left)
                self.connection.connect(address)
                self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return
            except OSError as error:
                self.close()
                failure = error
        raise failure

    def tunnel(self, authority: str, proxy: Proxy) -> None:
        """Have a proxy connect to a server (RFC 9110 section 9.3.6)."""
        line = Line(authority, {"Host": authority} | _authorize(proxy))
        request = Request("CONNECT", "")
        answer = Exchange(self.connection, request, line, self._deadline, 0)
        if answer.status // 100 != 2:
            problem = f"the proxy {proxy.place} answered {answer.status}"
            if answer.status in _ASKS_AGAIN:
                raise ConnectionFailed(problem, sent=False)
            raise TransportError(problem)
        if answer.has_more():
            raise BrokenResponse("the proxy goes on before the server could")

    def start_tls(self, context: SSLContext, host: str) -> None:
        # The handshake comes after the wrapping, so that it can be cancelled. An end
        # that TLS does not announce may be anybody's doing (RFC 9112 section 9.8).
        wrapped = context.wrap_socket(
            self.connection,
            server_hostname=host,
            do_handshake_on_connect=False,
            suppress_ragged_eofs=False,
        )
        self._hold(wrapped)
        wrapped.settimeout(remaining(self._deadline))
        wrapped.do_handshake()

    def close(self) -> None:
        if self._cancellation is not None:
            self._cancellation.release()
        self.connection.close()

    def _hold(self, connection: socket.socket) -> None:
        self.connection = connection
        if self._cancellation is not None:
            try:
                self._cancellation.hold(connection)
            except TransportError:
                connection.close()
                raise


def _authorize(proxy: Proxy) -> dict[str, str]:
    if not proxy.authorization:
        return {}
    return {"Proxy-Authorization": proxy.authorization}


def _port(url: SplitResult) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


def _bracket(host: str) -> str:
    return f"[{host}]" if ":" in host else host
