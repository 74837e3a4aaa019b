"""Proxies: which one a request goes through, and what is said to it."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import getproxies_environment, proxy_bypass_environment

import pytest
from scripted_server import Answer, Server, reply

from oasmith.runtime.errors import (
    ApiError,
    ConnectionFailed,
    DeadlineExceeded,
    InvalidArgument,
    TransportError,
)
from oasmith.runtime.proxies import parse_proxy, proxy_from_environment
from oasmith.runtime.request import Request
from oasmith.runtime.transport import HttpTransport

PEM = Path(__file__).with_name("localhost.pem")
SECRET = "s3cr3t"


def get(transport: HttpTransport, url: str, timeout: float = 5) -> bytes:
    return transport.send(Request("GET", url), time.monotonic() + timeout).content


def proxy_at(server: Server, user: str = "") -> str:
    return f"http://{user}127.0.0.1:{server.port}"


def test_http_through_a_proxy(server: Server) -> None:
    server.answers = [reply(b"a"), reply(b"b"), reply(b"c")]
    transport = HttpTransport(proxy=proxy_at(server, f"us%20er:{SECRET}@"))
    assert get(transport, "http://api.test/v1?x=1") == b"a"
    assert get(transport, "http://api.test:81") == b"b"
    first, second = server.seen
    assert first.line == "GET http://api.test/v1?x=1 HTTP/1.1"
    assert first.headers["host"] == "api.test"
    # "us er:s3cr3t", in Base64
    assert first.headers["proxy-authorization"] == "Basic dXMgZXI6czNjcjN0"
    assert second.line == "GET http://api.test:81/ HTTP/1.1"
    assert get(transport, "http://api.test/v2") == b"c"
    assert server.connections == 2, "each server has connections of its own"


def tunnel(*answers: bytes) -> Answer:
    """Be a proxy that connects, and the server behind it."""

    def serve(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 Connection established\r\nVia: p\r\n\r\n")
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(PEM)
        with context.wrap_socket(connection, server_side=True) as secure:
            for answer in answers:
                heads.append(secure.recv(4096))
                secure.sendall(answer)

    heads: list[bytes] = []
    serve.heads = heads  # type: ignore[attr-defined]
    return serve


def test_https_through_a_proxy(server: Server) -> None:
    served = tunnel(reply(b"a"), reply(b"b"))
    server.answers = [served]
    trusting = ssl.create_default_context(cafile=PEM)
    proxy = proxy_at(server, f"user:{SECRET}@")
    transport = HttpTransport(tls=trusting, proxy=proxy)
    assert get(transport, "https://localhost/v1?x=1") == b"a"
    assert get(transport, "https://localhost/v2") == b"b", "the tunnel is kept"
    (seen,) = server.seen
    assert seen.line == "CONNECT localhost:443 HTTP/1.1"
    assert seen.headers["host"] == "localhost:443"
    assert seen.headers["proxy-authorization"] == "Basic dXNlcjpzM2NyM3Q="
    heads = served.heads  # type: ignore[union-attr]
    assert heads[0].startswith(b"GET /v1?x=1 HTTP/1.1\r\nHost: localhost\r\n")
    assert not any(b"roxy" in head for head in heads)


def test_certificates_are_verified_behind_a_proxy(server: Server) -> None:
    server.answers = [tunnel(), tunnel()]
    with pytest.raises(TransportError, match=r"self.signed certificate"):
        get(HttpTransport(proxy=proxy_at(server)), "https://localhost/")
    other = ssl.create_default_context(cafile=PEM)
    with pytest.raises(TransportError, match="Hostname mismatch"):
        get(HttpTransport(proxy=proxy_at(server), tls=other), "https://elsewhere/")


def test_a_proxy_that_takes_https(server: Server) -> None:
    served = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    served.load_cert_chain(PEM)
    server.wrap = lambda connection: served.wrap_socket(connection, server_side=True)
    server.answers = [reply(b"a")]
    transport = HttpTransport(
        tls=ssl.create_default_context(cafile=PEM),
        proxy=f"https://localhost:{server.port}",
    )
    assert get(transport, "http://api.test/") == b"a"
    assert server.seen[0].line == "GET http://api.test/ HTTP/1.1"
    with pytest.raises(TransportError, match="is for http only"):
        get(transport, "https://api.test/")


@pytest.mark.parametrize(
    ("answer", "error", "message"),
    [
        (reply(b"no", 407), TransportError, "answered 407"),
        (reply(b"no", 403), TransportError, "answered 403"),
        (reply(b"busy", 503), ConnectionFailed, "answered 503"),
        (b"nonsense\r\n\r\n", ConnectionFailed, "no status line"),
        (b"HTTP/1.1 200 OK\r\n\r\nmore", ConnectionFailed, "goes on before"),
        (lambda connection: None, ConnectionFailed, "through the proxy"),
        (lambda connection: time.sleep(0.6), DeadlineExceeded, "in time"),
    ],
)
def test_proxies_that_refuse(
    server: Server, answer: Answer, error: type[ApiError], message: str
) -> None:
    server.answers = [answer]
    transport = HttpTransport(proxy=proxy_at(server, f"user:{SECRET}@"))
    start = time.monotonic()
    with pytest.raises(error, match=message) as caught:
        get(transport, "https://api.test/", timeout=0.3)
    assert time.monotonic() - start < 0.5
    assert type(caught.value) is error
    assert SECRET not in str(caught.value)
    if isinstance(caught.value, ConnectionFailed):
        assert not caught.value.sent, "the server saw nothing"


def test_a_proxy_that_nobody_runs() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    transport = HttpTransport(proxy=f"http://user:{SECRET}@127.0.0.1:{port}")
    with pytest.raises(ConnectionFailed) as caught:
        get(transport, "https://api.test/")
    expected = f"api.test through the proxy 127.0.0.1:{port}: "
    assert str(caught.value).startswith(expected)
    assert not caught.value.sent


@pytest.mark.parametrize(
    "url",
    [
        f"ftp://user:{SECRET}@proxy",
        f"http://user:{SECRET}@",
        f"http://user:{SECRET}@proxy:99999",
        f"http://user:{SECRET}@[",
        f"http://user:{SECRET}@pro xy",
        "socks5://proxy",
    ],
)
def test_what_is_no_proxy(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InvalidArgument, match="must be the URL") as caught:
        HttpTransport(proxy=url)
    assert SECRET not in str(caught.value)
    monkeypatch.setenv("http_proxy", url)
    with pytest.raises(TransportError, match="environment names for http") as told:
        get(HttpTransport(), "http://127.0.0.1:9/")
    assert SECRET not in str(told.value)


def test_how_a_proxy_is_written() -> None:
    for url in ("proxy", "http://proxy", "http://proxy:80/path"):
        assert parse_proxy(url).place == "proxy:80"
    assert parse_proxy("https://proxy").place == "proxy:443"
    assert parse_proxy("http://[::1]:3128").place == "[::1]:3128"
    assert SECRET not in repr(parse_proxy(f"http://user:{SECRET}@proxy"))


PROXY_SETTINGS: list[dict[str, str]] = [
    {},
    {"http_proxy": "http://a"},
    {"HTTP_PROXY": "http://a"},
    {"http_proxy": "http://a", "HTTP_PROXY": "http://b"},
    {"http_proxy": "", "HTTP_PROXY": "http://b"},
    {"Http_Proxy": "http://a", "HTTPS_PROXY": "http://b:1"},
    {"HTTP_PROXY": "http://a", "REQUEST_METHOD": "GET"},
    {"http_proxy": "http://a", "HTTP_PROXY": "http://b", "REQUEST_METHOD": "GET"},
    {"HTTPS_PROXY": "http://a", "REQUEST_METHOD": "GET"},
    *(
        {"http_proxy": "http://a", "https_proxy": "http://b", "no_proxy": exempt}
        for exempt in (
            "*",
            "test",
            ".api.test",
            "API.Test",
            "pi.test",
            "other, api.test:81 ,",
            "api.test:80",
            " * ",
            ",",
            "127.0.0.1",
        )
    ),
]


@pytest.mark.parametrize("settings", PROXY_SETTINGS, ids=str)
def test_the_environment_is_read_like_urllib_reads_it(
    settings: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "no_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    proxies = getproxies_environment()
    for url in ("http://api.test/", "https://api.test:81/", "http://127.0.0.1/"):
        parts = urlsplit(url)
        named = proxies.get(parts.scheme)
        exempt = proxy_bypass_environment(parts.netloc, proxies)
        expected = parse_proxy(named) if named and not exempt else None
        assert proxy_from_environment(parts) == expected, url


def test_all_proxy(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy_at(server))
    monkeypatch.setenv("no_proxy", "exempt.invalid")
    server.answers = [reply(b"a")]
    assert get(HttpTransport(), "http://api.test/") == b"a"
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:1")
    with pytest.raises(ConnectionFailed, match=r"127\.0\.0\.1:1: "):
        get(HttpTransport(), "https://api.test/")
    with pytest.raises(ConnectionFailed) as caught:
        get(HttpTransport(), "http://exempt.invalid/")
    assert "proxy" not in str(caught.value)


def test_no_proxy_at_all(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    server.answers = [reply(b"a")]
    assert get(HttpTransport(proxy=""), server.url) == b"a"
    assert server.seen[0].line == "GET /v1 HTTP/1.1"


def test_names_are_looked_up_within_the_deadline(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = socket.getaddrinfo

    def answer_late(host: str, *rest: object, **more: object) -> object:
        asked.append(host)
        if host == "slow.test":
            time.sleep(0.5)
        return ask("127.0.0.1", *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", answer_late)
    threads = threading.active_count()
    start = time.monotonic()
    for _ in range(3):
        with pytest.raises(DeadlineExceeded):
            get(HttpTransport(proxy=""), f"http://slow.test:{server.port}/", 0.1)
    assert time.monotonic() - start < 0.45
    assert asked == ["slow.test"], "they wait for the same answer"
    server.answers = [reply(b"a")]
    url = f"http://slow.test:{server.port}/"
    assert get(HttpTransport(proxy=""), url) == b"a"
    assert asked == ["slow.test"]
    assert threading.active_count() <= threads + 1


def test_an_address_that_is_silent_leaves_time_for_the_next(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.2", server.port), backlog=0) as deaf:
        fill = [socket.socket() for _ in range(3)]
        for each in fill:
            each.setblocking(False)
            each.connect_ex(deaf.getsockname())
        time.sleep(0.05)

        def both(host: str, port: int, **_: object) -> object:
            kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
            return [(*kind, (each, port)) for each in ("127.0.0.2", "127.0.0.1")]

        monkeypatch.setattr(socket, "getaddrinfo", both)
        server.answers = [reply(b"a")]
        start = time.monotonic()
        url = f"http://both.test:{server.port}/"
        assert get(HttpTransport(proxy=""), url, 1) == b"a"
        assert 0.3 < time.monotonic() - start < 0.9
        for each in fill:
            each.close()
