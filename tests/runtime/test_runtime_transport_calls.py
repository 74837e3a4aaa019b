"""Calls of clients are the same, whatever carries their requests."""

from __future__ import annotations

import asyncio
import gzip
import os
import threading
import time
from typing import Any

import pytest
from calling import client_for, fails, operation
from scripted_server import Server, reply

from oasmith.runtime.async_client import BaseAsyncClient
from oasmith.runtime.errors import StatusError
from oasmith.runtime.open_response import open_response, open_response_async
from oasmith.runtime.operation import AsyncSender, Sender
from oasmith.runtime.request import Request
from oasmith.runtime.transports.aiohttp import AiohttpTransport


async def get_async(client: AsyncSender) -> object:
    op = operation()
    return await client.send(op, op.request({"id": 1}))


def get(client: Sender) -> object:
    op = operation()
    return client.send(op, op.request({"id": 1}))


def test_an_opened_response(server: Server, kind: Any) -> None:
    packed = {"Content-Encoding": "gzip"}
    server.answers = [reply(gzip.compress(bytes(300_000)), headers=packed)] * 2
    with client_for(server).with_transport(kind()) as client:
        with open_response(get, client) as response:
            pieces = list(response)
        assert b"".join(pieces) == bytes(300_000) and len(pieces) > 3

    async def main() -> None:
        async with (
            BaseAsyncClient(client_for(server), transport=kind()) as sender,
            await open_response_async(get_async, sender) as stream,
        ):
            assert sum([len(piece) async for piece in stream]) == 300_000

    asyncio.run(main())


def test_who_gives_up_an_opened_response(server: Server, kind: Any) -> None:
    is_over = threading.Event()

    def serve(connection: Any) -> None:
        connection.sendall(reply(b"abc", headers={"Content-Length": "9"}))
        connection.settimeout(5)
        try:
            assert connection.recv(1) == b""
        finally:
            is_over.set()

    async def main() -> None:
        server.answers = [serve]
        async with BaseAsyncClient(client_for(server), transport=kind()) as sender:
            async with await open_response_async(get_async, sender) as stream:
                assert await anext(stream) == b"abc"
            assert await asyncio.to_thread(is_over.wait, 2)

    asyncio.run(main())
    is_over.clear()
    server.answers = [serve]
    with client_for(server).with_transport(kind()) as client:
        with open_response(get, client) as response:
            assert next(iter(response)) == b"abc"
        assert is_over.wait(2)


def test_what_is_awaited_is_not_waited_for(server: Server) -> None:
    """On the loop that brings it, a body would never come."""
    pytest.importorskip("aiohttp")

    async def main() -> None:
        server.answers = [reply(b"abc")]
        transport = AiohttpTransport()
        request = Request("GET", server.url)
        response = await transport.send_async(request, time.monotonic() + 5)
        with pytest.raises(RuntimeError, match="to be awaited"):
            _ = response.content
        await transport.close_async()

    asyncio.run(main())


def test_cancelling_closes_the_connection(server: Server, kind: Any) -> None:
    is_waiting, is_over = threading.Event(), threading.Event()

    def serve(connection: Any) -> None:
        is_waiting.set()
        connection.settimeout(5)
        try:
            assert connection.recv(1) == b""
        finally:
            is_over.set()

    async def main() -> None:
        server.answers = [serve, reply(b"1")]
        async with BaseAsyncClient(client_for(server), transport=kind()) as sender:
            task = asyncio.ensure_future(get_async(sender))
            await asyncio.to_thread(is_waiting.wait, 5)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert await asyncio.to_thread(is_over.wait, 2)
            assert await get_async(sender) == 1

    asyncio.run(main())


def test_hooks_and_credentials_may_block(server: Server, kind: Any) -> None:
    """They run on threads, so that the loop goes on."""
    places: list[str] = []

    def note() -> str:
        places.append(threading.current_thread().name)
        time.sleep(0.05)
        return "t"

    async def main() -> None:
        ticks = 0

        async def tick() -> None:
            nonlocal ticks
            while True:
                await asyncio.sleep(0.005)
                ticks += 1

        server.answers = [reply(b"", 503, {"Retry-After": "0"}), reply(b"1")]
        client = client_for(server, token=note).with_options(
            before_send=lambda request: note() and None
        )
        async with BaseAsyncClient(client, transport=kind()) as sender:
            ticking = asyncio.ensure_future(tick())
            op = operation(security=(("token",),))
            assert await sender.send(op, op.request({"id": 1})) == 1
            ticking.cancel()
        assert len(places) == 3 and all(it.startswith("oasmith_") for it in places)
        assert ticks > 5

    asyncio.run(main())
    assert [seen.headers["authorization"] for seen in server.seen] == ["Bearer t"] * 2


def test_no_more_calls_than_allowed(server: Server, kind: Any) -> None:
    async def main() -> None:
        server.answers = [reply(b"1")] * 40
        client = client_for(server)
        async with BaseAsyncClient(
            client, transport=kind(), max_concurrency=4
        ) as sender:
            await asyncio.gather(*(get_async(sender) for _ in range(40)))
        assert server.connections <= 4

    asyncio.run(main())


def test_errors_tell_the_same(server: Server, kind: Any) -> None:
    server.answers = [reply(b"no", 403)]

    def call() -> object:
        async def main() -> object:
            async with BaseAsyncClient(client_for(server), transport=kind()) as sender:
                return await get_async(sender)

        return asyncio.run(main())

    error = fails(StatusError, call)
    assert str(error) == "op (GET /x/{id}): the API answered 403: 'no'"
    assert error.attempts == 1


def test_a_forked_process_has_a_loop_of_its_own(server: Server, kind: Any) -> None:
    transport = kind()
    server.answers = [reply(b"a"), reply(b"b"), reply(b"c")]
    request = Request("GET", server.url)
    assert transport.send(request, time.monotonic() + 5).content == b"a"
    if (child := os.fork()) == 0:
        content = transport.send(request, time.monotonic() + 5).content
        os._exit(0 if content == b"b" else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert transport.send(request, time.monotonic() + 5).content == b"c"
    transport.close()


def test_one_transport_on_several_loops(server: Server, kind: Any) -> None:
    transport = kind()
    server.answers = [reply(b"1")] * 3

    async def main() -> object:
        sender = BaseAsyncClient(client_for(server), transport=transport)
        try:
            return await get_async(sender)
        finally:
            await sender.close()

    assert [asyncio.run(main()) for _ in range(2)] == [1, 1]
    assert (
        client_for(server)
        .with_transport(transport)
        .send(operation(), Request("GET", "/x"))
    )
    transport.close()
