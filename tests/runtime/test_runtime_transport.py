"""The transport: connections kept and dropped, and responses that are not right."""

from __future__ import annotations

import gzip
import os
import socket
import ssl
import threading
import time
import zlib
from pathlib import Path

import pytest
from scripted_server import Answer, Server, reply

from oasmith.runtime.errors import ApiError, ConnectionFailed, TransportError
from oasmith.runtime.request import Request
from oasmith.runtime.response import Response
from oasmith.runtime.transport import HttpTransport

BODY = b"0123456789" * 500
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def send(transport: HttpTransport, server: Server, method: str = "GET") -> Response:
    response = transport.send(Request(method, server.url), time.monotonic() + 5)
    assert len(response.content) >= 0
    return response


def test_connections_are_kept(server: Server) -> None:
    transport = HttpTransport()
    chunks = b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: t\r\n\r\n"
    server.answers = [
        reply(b"abcde"),
        CHUNKED + chunks,
        reply(status=204),
        b"HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n" + reply(b"abcde"),
        b"HTTP/1.1 100 Continue\r\nContent-Length: x\r\n\r\n" + reply(b"abcde"),
        reply(b"abcde", headers={"Connection": "close"}),
        reply(b"abcde"),
    ]
    contents = [send(transport, server).content for _ in range(7)]
    assert contents == [b"abcde", b"abcde", b"", b"abcde", b"abcde", b"abcde", b"abcde"]
    assert server.connections == 2
    transport.close()
    server.answers = [reply(b"abcde")]
    send(transport, server)
    assert server.connections == 3


def test_a_connection_that_the_server_closed_is_not_used(server: Server) -> None:
    transport = HttpTransport()
    server.answers = [lambda connection: connection.sendall(reply(b"a"))]
    assert send(transport, server, "POST").content == b"a"
    time.sleep(0.05)
    server.answers = [reply(b"b")]
    assert send(transport, server, "POST").content == b"b"


@pytest.mark.parametrize(
    "answer",
    [
        reply(b"ab") + reply(b"mixed"),
        reply(b"body of a 204", 204),
        reply(b"ab", headers={"Content-Length": "2"}) + b"\r\n",
    ],
)
def test_what_follows_a_response_is_never_the_next_one(
    server: Server, answer: bytes
) -> None:
    transport = HttpTransport()
    server.answers = [answer, reply(b"good")]
    send(transport, server)
    server.answers = [reply(b"good")]
    assert send(transport, server).content == b"good"
    assert server.connections == 2


def test_head_has_no_body(server: Server) -> None:
    transport = HttpTransport()
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nContent-Encoding: gzip\r\n\r\n"
    server.answers = [head, reply(b"next")]
    assert send(transport, server, "HEAD").content == b""
    assert send(transport, server).content == b"next"
    assert server.connections == 1


def test_headers_are_joined(server: Server) -> None:
    server.answers = [
        b"HTTP/1.1 200 OK\r\nVary: a\r\nVARY: b\r\nContent-Length: 0\r\n\r\n"
    ]
    assert send(HttpTransport(), server).headers["vary"] == "a, b"


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(BODY)),
        ("GZIP", gzip.compress(BODY)),
        ("x-gzip", gzip.compress(BODY)),
        ("deflate", zlib.compress(BODY)),
        ("deflate", raw_deflate(BODY)),
        ("identity", BODY),
    ],
)
def test_content_codings(server: Server, coding: str, packed: bytes) -> None:
    server.answers = [reply(packed, headers={"Content-Encoding": coding})]
    limit = len(BODY)
    assert send(HttpTransport(max_response_bytes=limit), server).content == BODY
    assert server.seen[0].headers["accept-encoding"] == "gzip, deflate"


def endless(head: bytes, piece: bytes) -> Answer:
    def serve(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(piece)

    return serve


GZIPPED = {"Content-Encoding": "gzip"}


@pytest.mark.parametrize(
    ("answer", "error", "message"),
    [
        (b"", ConnectionFailed, "closed without a response|reset"),
        (b"SSH-2.0\r\n", ConnectionFailed, "no whole head"),
        (b"SSH-2.0\r\n\r\n", ConnectionFailed, "no status line"),
        (b"HTTP/1.1 abc\r\n\r\n", ConnectionFailed, "no status line"),
        (b"HTTP/2 200\r\n\r\n", ConnectionFailed, "no status line"),
        (b"HTTP/1.1 200 OK\r\nContent-Le", ConnectionFailed, "no whole head"),
        (b"HTTP/1.1 101 Switching\r\n\r\n", ConnectionFailed, "another protocol"),
        (b"HTTP/1.1 103 Hints\r\n\r\n" * 50, ConnectionFailed, "without a response"),
        (OK + b"A: b\r\n" * 1001 + b"\r\n", TransportError, "too many headers"),
        (OK + b"A : b\r\n\r\n", ConnectionFailed, "a line .* that is no header"),
        (OK + b" A: b\r\n\r\n", ConnectionFailed, "a line .* that is no header"),
        (OK + b"A: b\rC: d\r\n\r\n", ConnectionFailed, "a control character"),
        (OK + b"A: b\0\r\n\r\n", ConnectionFailed, "a control character"),
        (OK + b"Content-Length: 9\r\n\r\nshort", ConnectionFailed, "an early end"),
        (CHUNKED + b"5\r\nab", ConnectionFailed, "an early end"),
        (CHUNKED + b"2\r\nab\r\n", ConnectionFailed, "a chunk without a size"),
        (CHUNKED + b"2\r\nab\r\n0", ConnectionFailed, "a line that does not end"),
        (
            CHUNKED + b"2\r\nabc\r\n0\r\n\r\n",
            ConnectionFailed,
            "a chunk that is longer",
        ),
        (
            CHUNKED + b"zz\r\nab\r\n0\r\n\r\n",
            ConnectionFailed,
            "a chunk without a size",
        ),
        (
            CHUNKED + b"-5\r\nab\r\n0\r\n\r\n",
            ConnectionFailed,
            "a chunk without a size",
        ),
        (CHUNKED + b"0" * 17 + b"\r\n\r\n", ConnectionFailed, "a chunk without"),
        (CHUNKED + b"0x2\r\nab\r\n0\r\n\r\n", ConnectionFailed, "a chunk without"),
        (
            endless(CHUNKED + b"1;", b"a" * 100),
            TransportError,
            "a line that is too long",
        ),
        (reply(b"junk", headers=GZIPPED), TransportError, "broken gzip"),
        (
            reply(gzip.compress(BODY)[:-9], headers=GZIPPED),
            TransportError,
            "broken gzip",
        ),
        (
            reply(gzip.compress(BODY) + b"x", headers=GZIPPED),
            TransportError,
            "broken gzip",
        ),
        (
            reply(b"a", headers={"Content-Encoding": "br"}),
            TransportError,
            'coding "br"',
        ),
        (reply(BODY + b"1"), TransportError, "larger than 5000 bytes"),
        (reply(gzip.compress(bytes(10**7)), headers=GZIPPED), TransportError, "larger"),
        (endless(CHUNKED, b"5\r\nabcde\r\n"), TransportError, "larger than 5000"),
        (
            endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 100),
            TransportError,
            "larger than 5000",
        ),
        (endless(CHUNKED + b"0\r\n", b"A: b\r\n"), TransportError, "many trailers"),
        (
            endless(b"", b"HTTP/1.1 100 C\r\n\r\n"),
            TransportError,
            "too large",
        ),
        (endless(OK + b"A: ", b"a" * 1000), TransportError, "too large"),
    ],
)
def test_wrong_responses(
    server: Server, answer: Answer, error: type[ApiError], message: str
) -> None:
    def hang_up_after(connection: socket.socket) -> None:
        if callable(answer):
            answer(connection)
        else:
            connection.sendall(answer)

    server.answers = [hang_up_after]
    transport = HttpTransport(max_response_bytes=len(BODY))
    with pytest.raises(error, match=message):
        send(transport, server)
    server.answers = [reply(b"fine")]
    assert send(transport, server).content == b"fine", "nothing of it is left"


def test_a_server_that_can_not_be_found() -> None:
    for host in ("does-not-exist.invalid", "a" * 70 + ".invalid"):
        with pytest.raises(ConnectionFailed) as caught:
            HttpTransport().send(
                Request("GET", f"http://{host}/"), time.monotonic() + 5
            )
        assert not caught.value.sent


def test_tls(server: Server) -> None:
    """Certificates are verified; localhost.pem is one that only this test trusts."""
    pem = Path(__file__).with_name("localhost.pem")
    served = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    served.load_cert_chain(pem)
    server.wrap = lambda connection: served.wrap_socket(connection, server_side=True)
    server.answers = [reply(b"a"), reply(gzip.compress(BODY), headers=GZIPPED)]
    request = Request("GET", f"https://localhost:{server.port}/")

    def send(transport: HttpTransport) -> bytes:
        return transport.send(request, time.monotonic() + 5).content

    with pytest.raises(TransportError, match=r"self.signed certificate") as caught:
        send(HttpTransport())
    assert not isinstance(caught.value, ConnectionFailed)
    trusting = HttpTransport(tls=ssl.create_default_context(cafile=pem))
    assert (send(trusting), send(trusting)) == (b"a", BODY)
    assert server.connections == 2, "the second connection is kept"


def test_tls_with_a_server_that_has_none() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"https://127.0.0.1:{listener.getsockname()[1]}/"

        def answer() -> None:
            connection, _ = listener.accept()
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            connection.close()

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(ConnectionFailed) as caught:
            HttpTransport().send(Request("GET", url), time.monotonic() + 5)
        thread.join()
    assert not caught.value.sent


def test_threads_share_a_transport(server: Server) -> None:
    transport = HttpTransport(max_idle=4)
    server.answers = [reply(b"x" * 100) for _ in range(400)]
    failures: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(50):
                assert len(send(transport, server).content) == 100
        except BaseException as error:
            failures.append(error)
            raise

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures and len(server.seen) == 400


def test_a_forked_process_opens_its_own_connections(server: Server) -> None:
    transport = HttpTransport()
    server.answers = [reply(b"a"), reply(b"b"), reply(b"c")]
    send(transport, server)
    if (child := os.fork()) == 0:
        os._exit(0 if send(transport, server).content == b"b" else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert send(transport, server).content == b"c"
    assert server.connections == 2
