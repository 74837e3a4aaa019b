"""Responses whose bodies are read as they arrive."""

from __future__ import annotations

import asyncio
import gc
import gzip
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from scripted_server import Server, reply

from oasmith.runtime.answers import read_bytes
from oasmith.runtime.async_client import BaseAsyncClient
from oasmith.runtime.async_streams import AsyncItemStream
from oasmith.runtime.auth import Credentials, bearer
from oasmith.runtime.client import BaseClient
from oasmith.runtime.errors import (
    ConnectionFailed,
    DeadlineExceeded,
    StatusError,
    TransportError,
)
from oasmith.runtime.open_response import open_response, open_response_async
from oasmith.runtime.operation import AsyncSender, Operation, Sender
from oasmith.runtime.response import Response
from oasmith.runtime.streams import (
    ItemStream,
    read_lines,
)
from oasmith.runtime.transport import HttpTransport
from oasmith.runtime.values import decode_int

HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
EVENTS = HEAD + b"Content-Type: text/event-stream\r\n\r\n"
LINES = HEAD + b"\r\n"


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


def hang_up_after(data: bytes) -> Callable[[socket.socket], None]:
    return lambda connection: connection.sendall(data)


def make_client(server: Server, timeout: float = 5) -> BaseClient:
    return BaseClient(
        Credentials({"token": bearer()}, {"token": "t0k.en"}),
        base_url=None,
        default_base_url=server.url,
        timeout=timeout,
    )


def operation(read: Callable[[Response], Any]) -> Operation[Any]:
    return Operation(
        name="watch",
        method="GET",
        path="/events",
        responses={"200": read},
        security=(("token",),),
        streams=True,
    )


NUMBERS = operation(read_lines(decode_int))


def watch(client: Sender) -> ItemStream[int]:
    stream: ItemStream[int] = client.send(NUMBERS, NUMBERS.request())
    return stream


async def watch_async(client: AsyncSender) -> AsyncItemStream[int]:
    return AsyncItemStream(await client.send(NUMBERS, NUMBERS.request()))


DOWNLOAD: Operation[bytes] = Operation(
    name="download", method="GET", path="/file", responses={"200": read_bytes}
)


def download(client: Sender) -> bytes:
    return client.send(DOWNLOAD, DOWNLOAD.request())


async def download_async(client: AsyncSender) -> bytes:
    return await client.send(DOWNLOAD, DOWNLOAD.request())


def test_items_are_given_as_they_arrive(server: Server) -> None:
    go_on = threading.Event()

    def serve(connection: socket.socket) -> None:
        connection.sendall(LINES + chunk(b"1\n2"))
        go_on.wait(5)
        connection.sendall(chunk(b"\n") + chunk(b"3\n") + b"0\r\n\r\n")

    server.answers = [serve]
    with watch(make_client(server)) as stream:
        assert next(stream) == 1
        go_on.set()
        assert list(stream) == [2, 3]
        assert list(stream) == []


def test_the_connection_is_kept_after_a_whole_stream(server: Server) -> None:
    whole = LINES + chunk(b"1\n") + b"0\r\n\r\n"
    server.answers = [whole, whole, whole]
    client = make_client(server)
    assert list(watch(client)) == [1]
    assert list(watch(client)) == [1]
    assert server.connections == 1
    with watch(client) as stream:
        assert next(stream) == 1
    assert list(stream) == []


def test_a_stream_may_last_longer_than_the_timeout(server: Server) -> None:
    def serve(connection: socket.socket) -> None:
        connection.sendall(LINES)
        for _ in range(5):
            time.sleep(0.15)
            connection.sendall(chunk(b"1\n"))
        connection.sendall(b"0\r\n\r\n")

    server.answers = [serve]
    assert list(watch(make_client(server, timeout=0.5))) == [1] * 5


def test_silence_ends_a_stream(server: Server) -> None:
    def serve(connection: socket.socket) -> None:
        connection.sendall(LINES + chunk(b"1\n"))
        time.sleep(1)

    server.answers = [serve]
    stream = watch(make_client(server, timeout=0.3))
    assert next(stream) == 1
    start = time.monotonic()
    with pytest.raises(DeadlineExceeded) as caught:
        next(stream)
    assert time.monotonic() - start < 0.8
    assert caught.value.operation == "watch"


def test_a_stream_that_breaks_off(server: Server) -> None:
    server.answers = [hang_up_after(LINES + chunk(b"1\n") + b"5\r\n2")]
    stream = watch(make_client(server))
    assert next(stream) == 1
    with pytest.raises(ConnectionFailed) as caught:
        list(stream)
    assert caught.value.operation == "watch"


def test_errors_are_read_as_a_whole(server: Server) -> None:
    client = make_client(server)
    server.answers = [reply(b"no", 404), LINES + chunk(b"1\n") + b"0\r\n\r\n"]
    with pytest.raises(StatusError) as caught:
        watch(client)
    assert caught.value.content == b"no"
    assert list(watch(client)) == [1]
    assert server.connections == 1


def test_a_refusal_is_tried_again(server: Server) -> None:
    again = reply(b"", 503, {"Retry-After": "0"})
    server.answers = [again, LINES + chunk(b"1\n") + b"0\r\n\r\n"]
    assert list(watch(make_client(server))) == [1]


def test_a_packed_stream(server: Server) -> None:
    packed = gzip.compress(b"1\n" * 100_000)
    pieces = [packed[:1], packed[1:7], packed[7:]]
    head = LINES.replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n")
    server.answers = [
        head + b"".join(map(chunk, pieces)) + b"0\r\n\r\n",
        head + chunk(packed[:-4]) + b"0\r\n\r\n",
    ]
    client = make_client(server)
    assert list(watch(client)) == [1] * 100_000
    with pytest.raises(TransportError, match="broken gzip"):
        list(watch(client))


def test_a_response_that_is_opened(server: Server, tmp_path: Path) -> None:
    data = bytes(range(256)) * 1000
    server.answers = [reply(data), reply(data), reply(data), reply(b"no", 404)]
    client = make_client(server)
    with open_response(download, client) as opened:
        assert (opened.status, opened.headers["content-length"]) == (200, "256000")
        assert b"".join(opened) == data
    with open_response(download, client) as opened:
        opened.save_to(tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == data
    with open_response(download, client) as opened:
        assert opened.content == data
    assert server.connections == 1
    with pytest.raises(StatusError, match="download"):
        open_response(download, client)


def test_what_is_opened_may_be_larger_than_what_is_read(server: Server) -> None:
    client = BaseClient(
        Credentials({}, {}),
        base_url=None,
        default_base_url=server.url,
        transport=HttpTransport(max_response_bytes=1000),
    )
    server.answers = [reply(b"a" * 5_000_000), reply(b"a" * 5000)]
    with open_response(download, client) as opened:
        assert sum(map(len, opened)) == 5_000_000
    with pytest.raises(TransportError, match="larger than 1000"):
        download(client)


def test_a_body_that_ends_too_early(server: Server) -> None:
    cut = reply(b"abc", headers={"Content-Length": "5"})
    server.answers = [hang_up_after(cut)]
    opened = open_response(download, make_client(server))
    with pytest.raises(ConnectionFailed, match="download"):
        list(opened)


def test_awaited_items(server: Server) -> None:
    server.answers = [LINES + chunk(b"1\n2\n") + b"0\r\n\r\n", LINES + chunk(b"1\n")]

    async def run() -> None:
        client = BaseAsyncClient(make_client(server))
        async with await watch_async(client) as stream:
            assert [item async for item in stream] == [1, 2]
        async with await watch_async(client) as stream:
            assert await anext(stream) == 1
        await client.close()

    asyncio.run(run())


def test_an_item_whose_waiting_was_cancelled_is_not_lost(server: Server) -> None:
    go_on = threading.Event()

    def serve(connection: socket.socket) -> None:
        connection.sendall(LINES)
        go_on.wait(5)
        connection.sendall(chunk(b"1\n") + b"0\r\n\r\n")

    server.answers = [serve]

    async def run() -> None:
        client = BaseAsyncClient(make_client(server))
        async with await watch_async(client) as stream:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(anext(stream), 0.1)
            go_on.set()
            assert [item async for item in stream] == [1]
        await client.close()

    asyncio.run(run())


def test_an_item_that_arrives_with_the_cancellation_is_not_lost(server: Server) -> None:
    server.answers = [LINES + chunk(b"1\n2\n3\n") + b"0\r\n\r\n"]

    async def run() -> None:
        client = BaseAsyncClient(make_client(server))
        async with await watch_async(client) as stream:
            waiting = asyncio.ensure_future(anext(stream))
            await asyncio.sleep(0)
            time.sleep(0.2)  # The item is there before the loop can see it.
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            assert [item async for item in stream] == [1, 2, 3]
        await client.close()

    asyncio.run(run())


def test_what_is_no_item_arrives_before_the_deadline(server: Server) -> None:
    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 203 Told\r\nContent-Length: 100\r\n\r\n")
        for _ in range(30):
            time.sleep(0.1)
            connection.sendall(b"a")

    server.answers = [drip]
    start = time.monotonic()
    with pytest.raises(DeadlineExceeded):
        watch(make_client(server, timeout=0.5))
    assert time.monotonic() - start < 1.5


def test_a_body_is_gone_through_once(server: Server, tmp_path: Path) -> None:
    server.answers = [reply(b"abc")]
    with open_response(download, make_client(server)) as opened:
        opened.save_to(tmp_path / "file")
        with pytest.raises(TransportError, match="already"):
            opened.save_to(tmp_path / "file")
        with pytest.raises(TransportError, match="already"):
            assert opened.content
    assert (tmp_path / "file").read_bytes() == b"abc"


def test_closing_ends_the_wait(server: Server) -> None:
    server.answers = [lambda connection: (connection.sendall(LINES), time.sleep(3))[1]]

    async def run() -> float:
        client = BaseAsyncClient(make_client(server))
        stream = await watch_async(client)
        waiting = asyncio.ensure_future(anext(stream))
        await asyncio.sleep(0.1)
        start = time.monotonic()
        await stream.close()
        with pytest.raises(TransportError):
            await waiting
        await client.close()
        return time.monotonic() - start

    assert asyncio.run(run()) < 1


def test_pieces_that_are_awaited(server: Server) -> None:
    server.answers = [reply(b"a" * 200_000)]

    async def run() -> int:
        client = BaseAsyncClient(make_client(server))
        async with await open_response_async(download_async, client) as stream:
            assert stream.response.status == 200
            return sum([len(piece) async for piece in stream])

    assert asyncio.run(run()) == 200_000


def test_a_cancelled_call_gives_its_connection_up(server: Server) -> None:
    closed = threading.Event()

    def serve(connection: socket.socket) -> None:
        time.sleep(0.3)
        connection.sendall(LINES + chunk(b"1\n"))
        connection.settimeout(3)
        if connection.recv(1) == b"":
            closed.set()

    server.answers = [serve]

    async def run() -> None:
        client = BaseAsyncClient(make_client(server))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(watch_async(client), 0.1)
        assert await asyncio.to_thread(closed.wait, 3)

    asyncio.run(run())


def test_a_wait_that_was_cancelled_and_closed_leaves_no_complaint(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    server.answers = [lambda connection: (connection.sendall(LINES), time.sleep(1))[1]]
    told: list[dict[str, Any]] = []

    async def run() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: told.append(context))
        client = BaseAsyncClient(make_client(server))
        async with await watch_async(client) as stream:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(anext(stream), 0.1)
        # Closing it ended what the thread waited for, with an error.
        await asyncio.sleep(0.2)
        del stream
        gc.collect()
        await client.close()

    asyncio.run(run())
    assert told == [] and caplog.text == ""
