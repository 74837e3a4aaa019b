"""Cancelled calls: their connections are closed, and their threads are free again."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from calling import client_for, operation
from kinds_of_transport import KINDS
from scripted_server import Answer, Server, reply

from oasmith.runtime.async_client import BaseAsyncClient
from oasmith.runtime.cancellation import Cancellation
from oasmith.runtime.errors import TransportError
from oasmith.runtime.request import Request
from oasmith.runtime.response import Response
from oasmith.runtime.transport import HttpTransport

PEM = Path(__file__).with_name("localhost.pem")


class Watch:
    """Notes when the client hangs up, after it has sent some of an answer."""

    def __init__(self, begun: bytes = b"") -> None:
        self.begun = begun
        self.is_waiting = threading.Event()
        self.is_over = threading.Event()

    def __call__(self, connection: socket.socket) -> None:
        connection.sendall(self.begun)
        self.is_waiting.set()
        connection.settimeout(5)
        with suppress(ConnectionError):
            assert connection.recv(1) == b""
        self.is_over.set()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"


async def cancel_during(
    call: Callable[[], Awaitable[object]], is_waiting: threading.Event
) -> float:
    """Give how long cancelling took."""
    task = asyncio.ensure_future(call())
    assert await asyncio.to_thread(is_waiting.wait, 5)
    await asyncio.sleep(0.05)
    start = time.monotonic()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    return time.monotonic() - start


@pytest.mark.parametrize("begun", [b"", b"HTTP/1.1 200", HEAD, HEAD + b"123"])
def test_the_connection_is_closed_at_once(server: Server, begun: bytes) -> None:
    async def main() -> None:
        watch = Watch(begun)
        server.answers = [watch, reply(b"1")]
        client = client_for(server)
        async with BaseAsyncClient(client, max_concurrency=1) as sender:
            op = operation()
            took = await cancel_during(
                lambda: sender.send(op, op.request({"id": 1})), watch.is_waiting
            )
            assert took < 0.2
            assert await asyncio.to_thread(watch.is_over.wait, 0.5)
            start = time.monotonic()
            assert await sender.send(op, op.request({"id": 1})) == 1
            assert time.monotonic() - start < 0.5, "the one thread is free again"
        assert len(server.seen) == 2, "it is not tried again"

    asyncio.run(main())


def test_a_pause_ends_too(server: Server) -> None:
    async def main() -> None:
        asked = threading.Event()

        def busy(connection: socket.socket) -> None:
            connection.sendall(reply(b"", 503, {"Retry-After": "3"}))
            asked.set()

        server.answers = [busy, reply(b"1")]
        client = client_for(server)
        async with BaseAsyncClient(client, max_concurrency=1) as sender:
            op = operation()
            await cancel_during(lambda: sender.send(op, op.request({"id": 1})), asked)
            start = time.monotonic()
            assert await sender.send(op, op.request({"id": 1})) == 1
            assert time.monotonic() - start < 0.5

    asyncio.run(main())


def test_a_handshake_ends_too() -> None:
    async def main() -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            watch = Watch()

            def serve() -> None:
                connection, _ = listener.accept()
                with connection:
                    connection.recv(4096)
                    watch(connection)

            threading.Thread(target=serve, daemon=True).start()
            server = Server(listener.getsockname()[1])
            client = client_for(server).with_transport(
                HttpTransport(tls=ssl.create_default_context(cafile=PEM))
            )
            client._base_url = f"https://localhost:{server.port}"
            async with BaseAsyncClient(client, max_concurrency=1) as sender:
                op = operation()
                await cancel_during(
                    lambda: sender.send(op, op.request({"id": 1})), watch.is_waiting
                )
                assert await asyncio.to_thread(watch.is_over.wait, 0.5)

    asyncio.run(main())


def test_a_connection_that_others_use_is_left_alone(server: Server) -> None:
    server.answers = [reply(b"1"), reply(b"2")]
    client, op = client_for(server), operation()
    cancellation = Cancellation()

    def send() -> object:
        deadline = client.deadline()
        steps = client.begin_call(deadline, op, request).steps()
        return client.send_on(steps, deadline, op, cancellation)

    request = op.request({"id": 1})
    assert send() == 1
    cancellation.cancel()
    assert client.send(op, request) == 2
    assert server.connections == 1
    with pytest.raises(TransportError, match="was cancelled"):
        send()
    assert len(server.seen) == 2


def test_closing_a_client_ends_its_calls(server: Server) -> None:
    async def main() -> None:
        watch = Watch()
        server.answers = [watch]
        sender = BaseAsyncClient(client_for(server))
        op = operation()
        call = asyncio.ensure_future(sender.send(op, op.request({"id": 1})))
        assert await asyncio.to_thread(watch.is_waiting.wait, 5)
        await asyncio.sleep(0.05)
        await sender.close()
        with pytest.raises(TransportError, match="the client was closed"):
            await call
        assert await asyncio.to_thread(watch.is_over.wait, 0.5)

    asyncio.run(main())


@pytest.mark.parametrize("kind", ["threads", "httpx2", "aiohttp"])
def test_a_stream_that_comes_while_a_hook_runs_is_closed(
    server: Server, kind: str
) -> None:
    watch = Watch(HEAD + b"part")
    server.answers = [watch]
    plain = operation(streams=True)
    stream = replace(plain, responses={"200": lambda response: response})
    if kind != "threads":
        pytest.importorskip(kind)
    transport = None if kind == "threads" else KINDS[kind](proxy="")
    is_in_hook = threading.Event()

    def look(request: Request, response: Response) -> None:
        is_in_hook.set()
        time.sleep(0.3)

    async def main() -> None:
        client = client_for(server).with_options(after_response=look)
        async with BaseAsyncClient(client, transport=transport) as made:
            request = stream.request({"id": 1})
            await cancel_during(lambda: made.send(stream, request), is_in_hook)
            # The client is open still; the connection is not.
            assert await asyncio.to_thread(watch.is_over.wait, 3)

    asyncio.run(main())


def test_other_transports_wait_as_before(server: Server) -> None:
    """One that knows nothing of cancellations is waited for by its thread."""

    class Plain(HttpTransport):
        def send(self, request: Request, deadline: float) -> Response:
            return super().send(replace(request, cancellation=None), deadline)

    async def main() -> None:
        watch: Answer = Watch()
        server.answers = [watch]
        client = client_for(server).with_options(timeout=0.5)
        sender = BaseAsyncClient(client, transport=Plain())
        async with sender:
            op = operation()
            took = await cancel_during(
                lambda: sender.send(op, op.request({"id": 1})), watch.is_waiting
            )
            assert took < 0.2

    asyncio.run(main())
