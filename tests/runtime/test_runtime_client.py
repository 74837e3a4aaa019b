"""Clients over real sockets: credentials, errors, retries, deadlines."""

from __future__ import annotations

import functools
import json
import socket
import time
from collections.abc import Callable

import pytest
import sample_types
from calling import BUSY, CAT, SECRET, client_for, fails, operation
from sample_types import Cat, Client, get_pet, make_pet
from scripted_server import Answer, Server, reply

from oasmith.runtime.answers import read_text
from oasmith.runtime.auth import Credentials
from oasmith.runtime.client import BaseClient
from oasmith.runtime.errors import (
    ApiError,
    ConnectionFailed,
    DeadlineExceeded,
    DecodeError,
    InvalidArgument,
    StatusError,
    TransportError,
)
from oasmith.runtime.operation import Operation
from oasmith.runtime.request import Request
from oasmith.runtime.response import Response
from oasmith.runtime.with_response import with_response


def test_a_call(server: Server) -> None:
    with Client(token=SECRET, base_url=server.url + "/") as client:
        server.answers = [CAT, CAT]
        assert get_pet(client, "a/b", limit=2) == Cat(kind="cat", name="Tom")
        both = with_response(get_pet, client, "a", limit=3)
        assert both.value == Cat(kind="cat", name="Tom")
        assert (both.response.status, both.response.headers["x-ray"]) == (200, "1")
    first, second = server.seen
    assert first.line == "GET /v1/pets/a%2Fb?limit=2 HTTP/1.1"
    assert second.target == "/v1/pets/a?limit=3"
    assert first.headers["authorization"] == f"Bearer {SECRET}"
    assert "content-length" not in first.headers
    assert server.connections == 1


def test_a_body_and_none(server: Server) -> None:
    client = Client(base_url=server.url)
    server.answers = [
        reply(b"", 204),
        reply(b"hi", headers={"Content-Type": "text/plain"}),
    ]
    assert (
        make_pet(client, ids=["a", "b"], kind="a", where={"x": "y"}, body=None) is None
    )
    assert make_pet(client) == "hi"
    first, second = server.seen
    assert first.target == "/v1/pets?ids=a,b&w%5Bx%5D=y"
    assert first.headers["content-type"] == "application/json"
    assert (first.headers["x-kind"], first.headers["cookie"]) == ("a", "kind=a")
    assert first.content == b"null"
    assert "content-type" not in second.headers
    assert second.headers["content-length"] == "0"


def test_status_errors(server: Server) -> None:
    problem = {"pet": {"kind": "cat", "name": "Tom"}}
    server.answers = [
        reply(json.dumps(problem).encode(), 404, {"X-Ray": "1"}),
        reply(b"<html>gone", 404),
        reply(b"oops", 599),
        reply(b"", 304),
    ]
    client = Client(base_url=server.url)

    error = fails(StatusError, lambda: get_pet(client, "i"))
    assert (error.status, error.headers["x-ray"]) == (404, "1")
    assert (error.operation, error.method, error.path) == (
        "get_pet",
        "GET",
        "/pets/{id}",
    )
    assert json.loads(error.content) == problem
    match error.body:
        case sample_types.Home(pet=Cat(name=name)):
            assert name == "Tom"
        case _:
            raise AssertionError(error.body)
    assert str(error).startswith(
        "get_pet (GET /pets/{id}): the API answered 404: Home("
    )

    error = fails(StatusError, lambda: get_pet(client, "i"))
    assert error.body is None and "'<html>gone'" in str(error)
    assert fails(StatusError, lambda: get_pet(client, "i")).body == "oops"
    assert fails(StatusError, lambda: get_pet(client, "i")).status == 304


def test_default_is_no_success_where_the_status_is_an_error(server: Server) -> None:
    op = Operation(name="op", method="GET", path="/", responses={"default": read_text})
    client = client_for(server)
    server.answers = [reply(b"made", 201), reply(b"no", 400)]
    assert client.send(op, op.request()) == "made"
    fails(StatusError, lambda: client.send(op, op.request()))


def test_decode_errors(server: Server) -> None:
    client = Client(base_url=server.url)
    server.answers = [reply(b'{"kind":"cat","name":5}'), reply(b"<html>")]
    error = fails(DecodeError, lambda: get_pet(client, "i"))
    assert str(error) == (
        "get_pet (GET /pets/{id}): at /name: expected a string, got an integer"
    )
    assert error.response.status == 200
    error = fails(DecodeError, lambda: get_pet(client, "i"))
    assert error.response.content == b"<html>"


def hang_up(connection: socket.socket) -> None:
    """Answer nothing; the server closes the connection after this."""


@pytest.mark.parametrize(
    ("method", "answers", "attempts", "error"),
    [
        ("GET", [BUSY, BUSY, reply(b"1")], 3, None),
        ("GET", [BUSY, BUSY, BUSY], 3, StatusError),
        ("GET", [reply(b"", 408, {"Retry-After": "0"}), reply(b"1")], 2, None),
        ("GET", [reply(b"", 500, {"Retry-After": "0"}), reply(b"1")], 2, None),
        ("GET", [hang_up, reply(b"1")], 2, None),
        ("GET", [hang_up, hang_up, hang_up], 3, ConnectionFailed),
        ("GET", [reply(b"", 501)], 1, StatusError),
        ("GET", [reply(b"", 503, {"Retry-After": "120"})], 1, StatusError),
        (
            "GET",
            [reply(b"", 503, {"Retry-After": "Fri, 31 Dec 2199 23:59:59 GMT"})],
            1,
            StatusError,
        ),
        (
            "GET",
            [
                reply(b"", 503, {"Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT"}),
                reply(b"1"),
            ],
            2,
            None,
        ),
        ("GET", [b"nonsense\r\n\r\n", reply(b"1")], 2, None),
        ("POST", [BUSY, reply(b"1")], 2, None),
        ("POST", [reply(b"", 429, {"Retry-After": "0"}), reply(b"1")], 2, None),
        ("POST", [reply(b"", 503)], 1, StatusError),
        ("POST", [reply(b"", 502, {"Retry-After": "0"})], 1, StatusError),
        ("POST", [hang_up], 1, ConnectionFailed),
        ("PATCH", [hang_up], 1, ConnectionFailed),
        ("DELETE", [hang_up, reply(b"1")], 2, None),
    ],
)
def test_retries(
    server: Server,
    method: str,
    answers: list[Answer],
    attempts: int,
    error: type[ApiError] | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("random.uniform", lambda least, most: 0.0)
    server.answers = list(answers)
    client, op = client_for(server), operation(method)
    start = time.monotonic()
    if error is None:
        assert client.send(op, op.request({"id": 1})) == 1
    else:
        fails(error, lambda: client.send(op, op.request({"id": 1})))
    assert len(server.seen) == attempts
    assert time.monotonic() - start < 1


def test_options_for_some_calls(server: Server) -> None:
    client, op = client_for(server), operation()
    once = client.with_options(retries=0)
    server.answers = [reply(b"1"), BUSY]
    client.send(op, op.request({"id": 1}))
    fails(StatusError, lambda: once.send(op, op.request({"id": 1})))
    assert server.connections == 1, "they share connections"
    fails(InvalidArgument, lambda: client.with_options(timeout=0))


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    client = Client(base_url=f"http://127.0.0.1:{port}", retries=1)
    error = fails(ConnectionFailed, lambda: make_pet(client))
    assert not error.sent and error.operation == "make_pet"
    assert f"127.0.0.1:{port}" in str(error)


def drip(head: bytes, byte: bytes) -> Callable[[socket.socket], None]:
    def serve(connection: socket.socket) -> None:
        connection.sendall(head)
        for _ in range(100):
            connection.sendall(byte)
            time.sleep(0.02)

    return serve


@pytest.mark.parametrize(
    "answer",
    [
        drip(b"", b"H"),
        drip(b"HTTP/1.1 200 OK\r\nX-A: ", b"a"),
        drip(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b" "),
        drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
        drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        lambda connection: time.sleep(1),
    ],
)
def test_no_server_outlasts_the_deadline(server: Server, answer: Answer) -> None:
    server.answers = [answer]
    client = Client(base_url=server.url, timeout=0.3)
    start = time.monotonic()
    error = fails(DeadlineExceeded, lambda: get_pet(client, "i"))
    assert 0.25 < time.monotonic() - start < 0.7
    assert isinstance(error, TimeoutError) and isinstance(error, TransportError)
    assert str(error).endswith(f"127.0.0.1:{server.port} did not answer in time")


def test_a_request_that_nobody_reads_ends_too(server: Server) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        client = Client(base_url=url, timeout=0.3)
        huge = Cat(kind="cat", name="x" * 20_000_000)
        fails(DeadlineExceeded, lambda: make_pet(client, body=huge))


def test_base_urls(server: Server) -> None:
    class Recorder:
        def __init__(self) -> None:
            self.urls: list[str] = []

        def send(self, request: Request, deadline: float) -> Response:
            self.urls.append(request.url)
            return Response(200, {}, b"1")

        def close(self) -> None: ...

    def call(base_url: str | None, default: str, server: str | None) -> str:
        recorder = Recorder()
        client = BaseClient(
            Credentials({}, {}),
            base_url=base_url,
            default_base_url=default,
            transport=recorder,
        )
        op = operation(server=server)
        client.send(op, op.request({"id": 1}))
        return recorder.urls[-1]

    assert call(None, "http://default/", None) == "http://default/x/1"
    assert call(None, "http://default", "https://own/a/") == "https://own/a/x/1"
    assert call("http://mine", "http://default", "https://own") == "http://mine/x/1"
    for bad in (
        "/v1",
        "ftp://a",
        "http://",
        "http://u:p@a",
        "http://a?b",
        "http://a:99999",
        "http://a b",
        "http://a/\t",
        "http://b\u00fccher",
    ):
        make = functools.partial(
            BaseClient, Credentials({}, {}), base_url=bad, default_base_url=""
        )
        assert fails(InvalidArgument, make).name == "base_url"
    error = fails(InvalidArgument, lambda: call(None, "/v1", None))
    assert error.operation == "op"
