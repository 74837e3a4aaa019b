"""Where responses end, and what only looks like the end of one."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from scripted_server import Server, reply

from oasmith.runtime.cancellation import Cancellation
from oasmith.runtime.errors import ConnectionFailed, TransportError
from oasmith.runtime.request import Request
from oasmith.runtime.response import Response
from oasmith.runtime.transport import HttpTransport

UNBOUNDED = b"HTTP/1.1 200 OK\r\n\r\npart"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
TRUSTED = Path(__file__).with_name("localhost.pem")


@pytest.fixture(params=["http", "https"])
def send(
    request: pytest.FixtureRequest, server: Server
) -> Iterator[Callable[..., Response]]:
    """Sends a request to the server, over TLS or without."""
    if request.param == "https":
        served = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        served.load_cert_chain(TRUSTED)
        server.wrap = lambda plain: served.wrap_socket(
            plain, server_side=True, suppress_ragged_eofs=True
        )
    transport = HttpTransport(tls=ssl.create_default_context(cafile=TRUSTED))
    url = f"{request.param}://localhost:{server.port}/"

    def send(
        method: str = "GET",
        timeout: float = 5,
        content: bytes | None = None,
        **more: float,
    ) -> Response:
        made = Request(method, url, content=content, **more)
        return transport.send(made, time.monotonic() + timeout)

    yield send
    transport.close()


def test_a_refusal_is_heard_before_all_is_sent(
    server: Server, send: Callable[..., Response], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(connection: socket.socket) -> None:
        connection.sendall(reply(b"big", 413, {"Connection": "close"}))
        time.sleep(0.2)

    monkeypatch.setattr(server, "read", lambda line, stream: None)
    server.answers = [refuse]
    response = send("PUT", content=bytes(30_000_000))
    assert (response.status, response.content) == (413, b"big")


def test_tls_says_where_the_end_is(server: Server) -> None:
    """Where nothing else does, and TLS does not either, somebody may have cut it."""
    served = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    served.load_cert_chain(TRUSTED)
    server.wrap = lambda plain: served.wrap_socket(plain, server_side=True)
    request = Request("GET", f"https://localhost:{server.port}/")

    def send(end: Callable[[ssl.SSLSocket], object]) -> bytes:
        def serve(connection: socket.socket) -> None:
            assert isinstance(connection, ssl.SSLSocket)
            connection.sendall(UNBOUNDED)
            end(connection)

        server.answers = [serve]
        tls = ssl.create_default_context(cafile=TRUSTED)
        return HttpTransport(tls=tls).send(request, time.monotonic() + 5).content

    assert send(lambda connection: connection.unwrap()) == b"part"
    with pytest.raises(ConnectionFailed):
        send(lambda connection: None)


@pytest.mark.parametrize("is_cancelled", [False, True])
def test_an_end_of_our_own_making_is_none(
    server: Server, send: Callable[..., Response], is_cancelled: bool
) -> None:
    release = threading.Event()

    def serve(connection: socket.socket) -> None:
        connection.sendall(UNBOUNDED)
        release.wait(5)

    server.answers = [serve]
    cancellation = Cancellation()
    response = send(cancellation=cancellation)
    end = cancellation.cancel if is_cancelled else response.close
    threading.Timer(0.2, end).start()
    with pytest.raises(TransportError):
        print(response.content)
    release.set()


def test_what_failed_is_not_read_on(
    server: Server, send: Callable[..., Response]
) -> None:
    server.answers = [CHUNKED + b"zz\r\n4\r\ntail\r\n0\r\n\r\n"]
    response = send()
    with pytest.raises(ConnectionFailed):
        print(response.content)
    with pytest.raises(TransportError, match="closed before"):
        print(response.content)


@pytest.mark.parametrize("cut", [0, 1000, 4000, 4096, 4097, 4500])
def test_a_long_line_is_read_wherever_it_is_cut(
    server: Server, send: Callable[..., Response], cut: int
) -> None:
    whole = CHUNKED + b"1\r\na\r\n0\r\nA: " + b"b" * 4600 + b"\r\n\r\n"

    def serve(connection: socket.socket) -> None:
        connection.sendall(whole[: len(CHUNKED) + cut])
        time.sleep(0.1)
        connection.sendall(whole[len(CHUNKED) + cut :])

    server.answers = [serve]
    assert send().content == b"a"


@pytest.mark.parametrize("first", [17, 30_000, 300_000])
def test_a_body_does_not_count_for_the_head(
    server: Server, send: Callable[..., Response], first: int
) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 300000\r\nA: " + b"a" * 228_000
    whole = head + b"\r\n\r\n" + bytes(300_000)

    def serve(connection: socket.socket) -> None:
        connection.sendall(whole[:first])
        time.sleep(0.1)
        connection.sendall(whole[first:])

    server.answers = [serve]
    assert len(send().content) == 300_000


@pytest.mark.parametrize("dripping", [b"1;" + b"x" * 99, b"0\r\n" + b"A: b\r\n" * 99])
def test_what_is_around_a_body_can_not_hold_a_stream(
    server: Server, send: Callable[..., Response], dripping: bytes
) -> None:
    def serve(connection: socket.socket) -> None:
        connection.sendall(CHUNKED + b"1\r\na\r\n")
        for byte in dripping:
            time.sleep(0.1)
            connection.sendall(bytes([byte]))

    server.answers = [serve]
    start = time.monotonic()
    pieces = iter(send(idle_timeout=0.4))
    assert next(pieces) == b"a"
    with pytest.raises(TransportError, match="in time"):
        next(pieces)
    assert time.monotonic() - start < 2


def test_a_stream_that_lasted_keeps_its_connection(
    server: Server, send: Callable[..., Response]
) -> None:
    """Its end comes after the time that its call had."""

    def serve(connection: socket.socket) -> None:
        connection.sendall(CHUNKED + b"1\r\na\r\n")
        time.sleep(0.4)
        connection.sendall(b"1\r\nb\r\n")
        time.sleep(0.05)
        connection.sendall(b"0\r\n\r\n")
        assert connection.recv(65536)
        connection.sendall(reply(b"next"))

    server.answers = [serve]
    response = send(timeout=0.3, idle_timeout=2)
    pieces = iter(response)
    assert [next(pieces), next(pieces)] == [b"a", b"b"]
    response.finish()
    assert send().content == b"next"
    assert server.connections == 1
