"""Connections whose response is over are kept, whatever it was that ended it."""

from __future__ import annotations

import asyncio
import socket
import time
from dataclasses import replace
from typing import Any

import pytest
from calling import client_for, operation
from scripted_server import Server, reply

from oasmith.runtime.answers import read_nothing
from oasmith.runtime.async_client import BaseAsyncClient
from oasmith.runtime.async_streams import AsyncItemStream
from oasmith.runtime.client import BaseClient
from oasmith.runtime.operation import Operation
from oasmith.runtime.streams import read_events, read_no_items
from oasmith.runtime.values import decode_int

EVENTS = replace(
    operation(),
    responses={"200": read_events(decode_int), "204": read_no_items},
    streams=True,
)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
DONE = b"data: 1\n\ndata: [DONE]\n\n"


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


WHOLE = CHUNKED + chunk(DONE) + b"0\r\n\r\n"
WITH_LENGTH = HEAD + b"Content-Length: %d\r\n\r\n" % len(DONE) + DONE


def watch(client: BaseClient) -> list[int]:
    items = client.send(EVENTS, EVENTS.request({"id": 1}))
    return [each.data for each in items]


@pytest.mark.parametrize("answer", [WHOLE, WITH_LENGTH])
def test_a_stream_that_says_that_it_is_done(
    server: Server, kind: Any, answer: bytes
) -> None:
    server.answers = [answer, answer]
    with client_for(server).with_transport(kind(proxy="")) as client:
        assert [watch(client), watch(client)] == [[1], [1]]
    assert server.connections == 1


@pytest.mark.parametrize("answer", [WHOLE, WITH_LENGTH])
def test_one_that_is_awaited(server: Server, kind: Any, answer: bytes) -> None:
    async def main() -> list[list[int]]:
        async with BaseAsyncClient(client, transport=kind(proxy="")) as sender:
            seen: list[list[int]] = []
            for _ in range(2):
                stream = await sender.send(EVENTS, EVENTS.request({"id": 1}))
                async with AsyncItemStream(stream) as items:
                    seen.append([each.data async for each in items])
            return seen

    server.answers = [answer, answer]
    client = client_for(server)
    assert asyncio.run(main()) == [[1], [1]]
    assert server.connections == 1


def test_the_rest_may_come_a_little_later(server: Server) -> None:
    def late(connection: socket.socket) -> None:
        connection.sendall(CHUNKED + chunk(DONE))
        time.sleep(0.02)
        connection.sendall(b"0\r\n\r\n")
        # The next request comes over the same connection.
        connection.recv(4096)
        connection.sendall(WHOLE)

    server.answers = [late]
    client = client_for(server)
    assert [watch(client), watch(client)] == [[1], [1]]
    assert server.connections == 1


@pytest.mark.parametrize("rest", [b"", chunk(b": still here\n\n")])
def test_one_that_goes_on_all_the_same_is_left(
    server: Server, kind: Any, rest: bytes
) -> None:
    def go_on(connection: socket.socket) -> None:
        connection.sendall(CHUNKED + chunk(DONE) + rest)
        time.sleep(1)

    server.answers = [go_on, WHOLE]
    with client_for(server).with_transport(kind(proxy="")) as client:
        start = time.monotonic()
        assert watch(client) == [1]
        assert time.monotonic() - start < 0.5
        assert watch(client) == [1]
    assert server.connections == 2


EMPTY = b"HTTP/1.1 204 Told\r\n\r\n"


@pytest.mark.parametrize(
    ("method", "answer"),
    [
        ("DELETE", EMPTY),
        ("DELETE", reply(b"", 204)),
        ("DELETE", EMPTY[:-2] + b"Transfer-Encoding: chunked\r\n\r\n"),
        ("HEAD", reply(b"", headers={"Content-Length": "500"})),
        ("HEAD", CHUNKED),
        ("HEAD", HEAD + b"\r\n"),
    ],
)
def test_a_response_without_a_body(server: Server, method: str, answer: bytes) -> None:
    op: Operation[Any] = Operation(
        name="op",
        method=method,
        path="/x/{id}",
        responses={"2XX": read_nothing},
    )
    server.answers = [answer, answer, answer]
    client = client_for(server).with_options(timeout=1, retries=0)
    for _ in range(3):
        assert client.send(op, op.request({"id": 1})) is None
    assert server.connections == 1


def test_a_stream_without_items(server: Server, kind: Any) -> None:
    server.answers = [EMPTY, EMPTY, WHOLE]
    with client_for(server).with_transport(kind(proxy="")) as client:
        assert [watch(client) for _ in range(3)] == [[], [], [1]]
    assert server.connections == 1


def test_a_response_that_is_broken_is_none_that_is_over(server: Server) -> None:
    server.answers = [CHUNKED + chunk(b"data: 1\n\n") + b"zz\r\n", WHOLE]
    client = client_for(server)
    items = client.send(EVENTS, EVENTS.request({"id": 1}))
    assert next(items).data == 1
    with pytest.raises(Exception, match="gave no whole HTTP response"):
        next(items)
    assert watch(client) == [1]
    assert server.connections == 2
