"""What goes over the wire is the same, whatever carries it."""

from __future__ import annotations

import asyncio
import io
import os
import ssl
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from calling import SECRET, client_for, operation
from scripted_server import Server, reply

import oasmith.runtime
from oasmith.runtime.errors import (
    ConnectionFailed,
    InvalidArgument,
    TransportError,
)
from oasmith.runtime.request import Request
from oasmith.runtime.transport import HttpTransport
from oasmith.runtime.transports.httpx2 import Httpx2Transport
from oasmith.runtime.uploads import Upload

PEM = Path(__file__).with_name("localhost.pem")


@pytest.fixture(params=["blocking", "awaiting"])
def send(request: pytest.FixtureRequest, kind: Any) -> Any:
    """Sends a request over a new transport, and gives status, headers and content."""

    def block(sent: Request, **settings: Any) -> tuple[int, Any, bytes]:
        transport = kind(**settings)
        try:
            response = transport.send(sent, time.monotonic() + 5)
            return response.status, response.headers, response.content
        finally:
            transport.close()

    async def awaiting(sent: Request, **settings: Any) -> tuple[int, Any, bytes]:
        transport = kind(**settings)
        try:
            response = await transport.send_async(sent, time.monotonic() + 5)
            await response.wait_async()
            return response.status, response.headers, response.content
        finally:
            await transport.close_async()

    if request.param == "blocking":
        return block
    if kind is HttpTransport:
        pytest.skip("clients that await run it on threads")
    return lambda *args, **settings: asyncio.run(awaiting(*args, **settings))


@pytest.mark.parametrize(
    "target",
    [
        "/v1/a%2Fb%20c?x=1&y=%27%20'",
        "/v1/!$&'()*+,;=:@-._~/?",
        "/v1/..%2F/%7Ba%7D?q=%E2%82%AC&q=|^`[]",
        "/v1?a=b?c",
    ],
)
def test_requests_arrive_as_they_are(server: Server, send: Any, target: str) -> None:
    server.answers = [reply(b"a", headers={"X-A": "b", "Vary": "c\r\nVARY: d"})]
    url = f"http://127.0.0.1:{server.port}{target}"
    status, headers, content = send(Request("GET", url, {"X-Y": "z", "Cookie": "a=b"}))
    assert (status, content) == (200, b"a")
    assert (headers["x-a"], headers["vary"]) == ("b", "c, d")
    (seen,) = server.seen
    assert seen.line == f"GET {target.removesuffix('?')} HTTP/1.1"
    extra = seen.headers.pop("connection", "keep-alive")
    assert extra == "keep-alive"
    assert seen.headers == {
        "host": f"127.0.0.1:{server.port}",
        "accept-encoding": "gzip, deflate",
        "x-y": "z",
        "cookie": "a=b",
    }


@pytest.mark.parametrize(
    ("content", "headers", "arrives"),
    [
        (None, {"content-length": "0"}, b""),
        (b"", {"content-length": "0"}, b""),
        (b"abc", {"content-length": "3"}, b"abc"),
        (lambda: [b"abc", b"de"], {"content-length": "5"}, b"abcde"),
        (lambda: [io.BytesIO(b"abcde")], {"content-length": "5"}, b"abcde"),
        (
            lambda: [iter([b"abc", b"de"])],
            {"transfer-encoding": "chunked"},
            b"abcde",
        ),
    ],
)
def test_bodies_arrive(
    server: Server, send: Any, content: Any, headers: dict[str, str], arrives: bytes
) -> None:
    server.answers = [reply(b"a")]
    body = Upload("body", content()) if callable(content) else content
    send(Request("POST", server.url, {"Content-Type": "text/x"}, body))
    (seen,) = server.seen
    assert seen.content == arrives
    told = {
        name: seen.headers[name]
        for name in ("content-length", "transfer-encoding")
        if name in seen.headers
    }
    assert told == headers
    assert seen.headers["content-type"] == "text/x"


def test_a_file_that_becomes_shorter(server: Server, send: Any, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"abcde")
    body = Upload("body", [path])
    path.write_bytes(b"ab")
    with pytest.raises(InvalidArgument, match="has become shorter"):
        send(Request("POST", server.url, {}, body))


@pytest.mark.parametrize("method", ["HEAD", "DELETE", "OPTIONS", "PATCH"])
def test_methods(server: Server, send: Any, method: str) -> None:
    server.answers = [reply(b"" if method == "HEAD" else b"a")]
    _, _, content = send(Request(method, server.url))
    assert content == (b"" if method == "HEAD" else b"a")
    assert server.seen[0].line == f"{method} /v1 HTTP/1.1"


def test_no_cookie_is_kept(server: Server, kind: Any) -> None:
    server.answers = [reply(b"1", headers={"Set-Cookie": "a=b"}), reply(b"2")]
    with client_for(server).with_transport(kind()) as client:
        op = operation()
        assert client.send(op, op.request({"id": 1})) == 1
        assert client.send(op, op.request({"id": 1})) == 2
    assert "cookie" not in server.seen[1].headers
    assert server.connections == 1


def test_http_through_a_proxy(server: Server, send: Any) -> None:
    server.answers = [reply(b"a")]
    proxy = f"http://us%20er:{SECRET[:6]}@127.0.0.1:{server.port}"
    _, _, content = send(Request("GET", "http://api.test/v1?x=1"), proxy=proxy)
    assert content == b"a"
    (seen,) = server.seen
    assert seen.line == "GET http://api.test/v1?x=1 HTTP/1.1"
    assert seen.headers["host"] == "api.test"
    assert seen.headers["proxy-authorization"] == "Basic dXMgZXI6czNjcjN0"


def test_a_proxy_that_refuses(server: Server, send: Any) -> None:
    server.answers = [reply(b"no", 407)] * 2
    proxy = f"http://user:{SECRET[:6]}@127.0.0.1:{server.port}"
    with pytest.raises(TransportError) as caught:
        send(Request("GET", "https://api.test/"), proxy=proxy)
    assert server.seen[0].line == "CONNECT api.test:443 HTTP/1.1"
    assert "proxy-authorization" in server.seen[0].headers
    assert SECRET[:6] not in str(caught.value)


def test_the_environment_names_a_proxy(
    server: Server, send: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{server.port}")
    server.answers = [reply(b"a"), reply(b"b")]
    assert send(Request("GET", "http://api.test/"))[2] == b"a"
    assert send(Request("GET", server.url), proxy="")[2] == b"b"
    assert server.seen[0].line == "GET http://api.test/ HTTP/1.1"
    assert server.seen[1].line == "GET /v1 HTTP/1.1"


def test_tls(server: Server, send: Any) -> None:
    served = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    served.load_cert_chain(PEM)
    server.wrap = lambda connection: served.wrap_socket(connection, server_side=True)
    server.answers = [reply(b"a")]
    request = Request("GET", f"https://localhost:{server.port}/")
    with pytest.raises(TransportError, match=r"self.signed certificate") as caught:
        send(request)
    assert not isinstance(caught.value, ConnectionFailed)
    trusting = ssl.create_default_context(cafile=PEM)
    assert send(request, tls=trusting)[2] == b"a"


@pytest.mark.parametrize("http2", [None, False])
def test_http_2(http2: bool | None) -> None:
    pytest.importorskip("httpx2")
    pytest.importorskip("h2")
    from http2_server import Http2Server

    trusting = ssl.create_default_context(cafile=PEM)
    transport = Httpx2Transport(tls=trusting, proxy="", http2=http2)
    with Http2Server(PEM) as server:
        url = f"https://localhost:{server.port}/v1/a%2Fb?x=1"
        requests = [
            Request("GET", url, {"X-Y": "z"}),
            Request("POST", url, {}, b"abc"),
            Request("POST", url, {}, Upload("body", [iter([b"abc", b"de"])])),
        ]
        if http2 is False:
            with pytest.raises(TransportError):
                transport.send(requests[0], time.monotonic() + 5)
            transport.close()
            return
        for request in requests:
            response = transport.send(request, time.monotonic() + 5)
            assert (response.status, response.content) == (200, b"over HTTP/2")
        transport.close()
    assert [each.content for each in server.seen] == [b"", b"abc", b"abcde"]
    assert server.seen[0].headers[":path"] == "/v1/a%2Fb?x=1"
    assert server.seen[0].headers["x-y"] == "z"
    assert server.connections == 1


def test_nothing_is_imported_that_was_not_chosen() -> None:
    script = (
        "import sys\n"
        "from oasmith.runtime import async_client, client, transport\n"
        "print(sorted({'aiohttp', 'httpx2', 'yarl', 'h2'} & {*sys.modules}))\n"
        "print([name for name in sys.modules if '.runtime.transports' in name])\n"
        "import oasmith.runtime.transports.httpx2, oasmith.runtime.transports.aiohttp\n"
        "print(sorted({'aiohttp', 'httpx2', 'yarl', 'h2'} & {*sys.modules}))\n"
    )
    root = Path(oasmith.runtime.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split("\n")[:3] == ["[]"] * 3


def test_a_library_that_is_not_installed() -> None:
    """What is not there is told when it is chosen, and not when it is first used."""
    script = (
        "import sys; sys.modules['aiohttp'] = None\n"
        "from oasmith.runtime.transports.aiohttp import AiohttpTransport\n"
        "AiohttpTransport()\n"
    )
    root = Path(oasmith.runtime.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
    )
    assert "aiohttp" in done.stderr.splitlines()[-1]
    assert "Error" in done.stderr.splitlines()[-1]
