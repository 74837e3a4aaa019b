"""The caller's own errors leave a call as they are, and its connection is closed."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from calling import CAT, client_for, operation
from scripted_server import Server, reply

from oasmith.runtime.async_client import BaseAsyncClient
from oasmith.runtime.client import BaseClient
from oasmith.runtime.content import Content, lines_content
from oasmith.runtime.errors import ConnectionFailed, InvalidArgument
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
