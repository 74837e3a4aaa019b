"""The caller's own errors leave a call as they are, and its connection is closed."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from calling import CAT, client_for, operation
from scripted_server import Answer, Server, reply

from oasmith.runtime.async_client import BaseAsyncClient
from oasmith.runtime.client import BaseClient
from oasmith.runtime.content import Content, lines_content
from oasmith.runtime.errors import ConnectionFailed, InvalidArgument, StatusError
from oasmith.runtime.operation import Operation
from oasmith.runtime.request import Request
from oasmith.runtime.response import Response
from oasmith.runtime.streams import read_lines
from oasmith.runtime.transport import HttpTransport
from oasmith.runtime.uploads import Upload
from oasmith.runtime.values import decode_int

Call = Callable[[BaseClient, Operation[Any], Request], Any]


@pytest.fixture(params=["blocking", "awaiting"])
def call(request: pytest.FixtureRequest, kind: Any) -> Call:
    """Carries out a call over each transport, blocking or awaiting."""

    def block(client: BaseClient, op: Operation[Any], asked: Request) -> Any:
        with client.with_transport(kind(proxy="")) as made:
            return made.send(op, asked)

    async def wait(client: BaseClient, op: Operation[Any], asked: Request) -> Any:
        async with BaseAsyncClient(client, transport=kind(proxy="")) as made:
            return await made.send(op, asked)

    if request.param == "blocking":
        return block
    return lambda *given: asyncio.run(wait(*given))


OURS = [
    ValueError("mine"),
    OSError("mine"),
    ConnectionResetError("mine"),
    TimeoutError("mine"),
    KeyError("mine"),
    EOFError("mine"),
    ConnectionFailed("of another call", sent=False),
]


def iterate(error: Exception) -> Content:
    def fail() -> Iterator[bytes]:
        yield b"a" * 10
        raise error

    return Content("text/x", Upload("body", [fail()]))


def read(error: Exception) -> Content:
    class Failing:
        def read(self, size: int) -> bytes:
            raise error

    return Content("text/x", Upload("body", [b"a", Failing()]))


@pytest.mark.parametrize("error", OURS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("make", [iterate, read])
def test_errors_of_what_is_sent(
    server: Server, call: Call, error: Exception, make: Callable[..., Content]
) -> None:
    server.answers = [CAT, CAT]
    op = operation("PUT")
    asked = op.request({"id": 1}, body=make(error))
    with pytest.raises(type(error)) as caught:
        call(client_for(server), op, asked)
    assert caught.value is error
    assert error.__cause__ is None and error.__context__ is None
    assert len(server.seen) <= 1, "it is not tried again"


def test_why_they_were_raised_stays(server: Server, call: Call) -> None:
    def fail() -> Iterator[object]:
        yield 1
        try:
            raise KeyError("first")
        except KeyError:
            raise OSError("then")  # noqa: B904

    op = operation("PUT")
    asked = op.request({"id": 1}, body=lines_content(fail()))
    with pytest.raises(OSError, match="then") as caught:
        call(client_for(server), op, asked)
    assert isinstance(caught.value.__context__, KeyError)
    assert caught.value.__cause__ is None


def test_what_json_can_not_be_made_of_is_an_argument(
    server: Server, call: Call
) -> None:
    op = operation("PUT")
    asked = op.request({"id": 1}, body=lines_content(iter([1, object()])))
    with pytest.raises(InvalidArgument, match=r"^op \(PUT /x/{id}\): "):
        call(client_for(server), op, asked)


@pytest.mark.parametrize("error", OURS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("name", ["before_send", "after_response"])
def test_errors_of_hooks(
    server: Server, call: Call, error: Exception, name: str
) -> None:
    def fail(*given: object) -> None:
        raise error

    changes: Any = {name: fail}
    server.answers = [CAT, CAT]
    client = client_for(server).with_options(**changes)
    op = operation()
    with pytest.raises(type(error)) as caught:
        call(client, op, op.request({"id": 1}))
    assert caught.value is error
    assert error.__cause__ is None and error.__context__ is None
    assert len(server.seen) == (name == "after_response"), "it is not tried again"


def test_an_error_of_another_call_keeps_what_it_says(server: Server) -> None:
    other = ConnectionFailed("gone", sent=True)
    other.during(replace(operation(), name="another"))
    other.attempts = 3

    def fail(request: Request, response: Response) -> None:
        raise other

    server.answers = [CAT]
    client = client_for(server).with_options(after_response=fail)
    with pytest.raises(ConnectionFailed) as caught:
        client.send(operation(), operation().request({"id": 1}))
    assert (caught.value.operation, caught.value.attempts) == ("another", 3)


def test_a_stream_that_a_hook_refuses_is_closed(server: Server, call: Call) -> None:
    closed = threading.Event()

    def serve(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n1\n")
        connection.settimeout(3)
        if connection.recv(1) == b"":
            closed.set()

    held: list[Response] = []

    def fail(request: Request, response: Response) -> None:
        held.append(response)
        raise KeyError("mine")

    async def wait(kind: Any, client: BaseClient) -> bool:
        async with BaseAsyncClient(client, transport=kind(proxy="")) as made:
            with pytest.raises(KeyError):
                await made.send(op, op.request({"id": 1}))
            return await asyncio.to_thread(closed.wait, 2)

    server.answers = [serve]
    op = replace(operation(), responses={"200": read_lines(decode_int)}, streams=True)
    client = client_for(server).with_options(after_response=fail)
    assert asyncio.run(wait(HttpTransport, client))
    assert held[0].status == 200


def test_a_whole_response_that_a_hook_refuses_leaves_its_connection(
    server: Server,
) -> None:
    def fail(request: Request, response: Response) -> None:
        raise KeyError("mine")

    server.answers = [CAT, CAT, reply(b"1")]
    client = client_for(server)
    failing = client.with_options(after_response=fail)
    op = operation()
    for _ in range(2):
        with pytest.raises(KeyError):
            failing.send(op, op.request({"id": 1}))
    assert client.send(op, op.request({"id": 1})) == 1
    assert server.connections == 1


EARLY = [CAT, CAT[: CAT.index(b"\r\n\r\n") + 4]]


def answer_early(answer: bytes, got: bytearray) -> Callable[[socket.socket], None]:
    """Answer when a request has begun, and then read the rest of it."""

    def serve(connection: socket.socket) -> None:
        connection.sendall(answer)
        with suppress(OSError):
            while data := connection.recv(65536):
                got.extend(data)

    return serve


@pytest.fixture
def early_server() -> Iterator[Callable[[Answer], int]]:
    """Serves one connection, from when the head of a request is there."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def begin(serve: Any) -> int:
            def accept() -> None:
                connection, _ = listener.accept()
                with connection:
                    head = b""
                    while b"\r\n\r\n" not in head:
                        head += connection.recv(1)
                    serve(connection)

            threading.Thread(target=accept, daemon=True).start()
            port: int = listener.getsockname()[1]
            return port

        yield begin


@pytest.fixture
def early(early_server: Callable[[Answer], int], call: Call) -> Any:
    """Sends a source to a server that answers first."""

    def send(answer: bytes, source: Iterator[bytes], got: bytearray) -> Any:
        port = early_server(answer_early(answer, got))
        client = client_for(Server(port)).with_options(retries=0)
        body = Content("text/x", Upload("body", [source]))
        return call(client, OP_PUT, OP_PUT.request({"id": 1}, body=body))

    return send


OP_PUT = operation("PUT")


@pytest.mark.parametrize("answer", EARLY, ids=["whole", "begun"])
@pytest.mark.parametrize("error", OURS[:2], ids=lambda error: type(error).__name__)
def test_errors_that_come_after_an_answer(
    early: Any, answer: bytes, error: Exception
) -> None:
    def source() -> Iterator[bytes]:
        yield b"a" * 1000
        time.sleep(0.2)
        raise error

    start = time.monotonic()
    with pytest.raises(type(error)) as caught:
        early(answer, source(), bytearray())
    assert caught.value is error
    assert time.monotonic() - start < 2


def test_what_is_answered_early_is_sent_to_its_end(early: Any) -> None:
    def source() -> Iterator[bytes]:
        for _ in range(4):
            yield b"a" * 1000
            time.sleep(0.05)
        yield b"the end"

    got = bytearray()
    assert early(CAT, source(), got)["name"] == "Tom"
    end = time.monotonic() + 2
    while b"the end" not in got and time.monotonic() < end:
        time.sleep(0.01)
    assert got.count(b"a") == 4000 and b"the end" in got


def test_who_is_refused_early_is_told_so_or_of_his_error(early: Any) -> None:
    """aiohttp hears a refusal at once; what nobody reads any more is not asked for."""
    error = OSError("mine")

    def source() -> Iterator[bytes]:
        yield b"a" * 1000
        time.sleep(0.2)
        raise error

    with pytest.raises((OSError, StatusError)) as caught:
        early(reply(b"no", 413), source(), bytearray())
    refusal = caught.value
    assert refusal is error or (
        isinstance(refusal, StatusError) and refusal.status == 413
    )
