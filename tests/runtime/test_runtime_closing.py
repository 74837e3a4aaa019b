"""Calls that are under way when their client is closed: each ends, with an error."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from calling import client_for, fails, operation
from issuer import OP, Issuer, Loop, Sender, credential, send, until
from scripted_server import Server, reply

from oasmith.runtime.async_client import BaseAsyncClient
from oasmith.runtime.errors import TransportError
from oasmith.runtime.transport import HttpTransport

PLAIN = operation()


async def ask(sender: BaseAsyncClient) -> Any:
    """Make a call that needs no token."""
    return await sender.send(PLAIN, PLAIN.request({"id": 1}))


async def errors_of_closing(
    sender: BaseAsyncClient, calls: list[Any], is_begun: Callable[[], object]
) -> list[Any]:
    """Close a client while calls are under way, and give what comes of them."""
    tasks = [asyncio.ensure_future(each) for each in calls]
    while not is_begun():
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    start = time.monotonic()
    await sender.close()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert time.monotonic() - start < 0.5
    await asyncio.sleep(0.3)  # Time for what must not be sent.
    return outcomes


def check_closed(errors: list[Any]) -> None:
    told = "op (GET /x/{id}): the client was closed"
    assert all(isinstance(each, TransportError) for each in errors)
    assert [*map(str, errors)] == [told] * len(errors)
    assert len({*map(id, errors)}) == len(errors)


def test_a_call_that_waits_for_its_answer(server: Server, sender: Sender) -> None:
    release = threading.Event()
    server.answers = [lambda _: release.wait(5) and None, reply(b"1"), reply(b"2")]

    async def main() -> list[Any]:
        made = sender(client_for(server), max_concurrency=1)
        # The second one waits for a place.
        return await errors_of_closing(
            made, [ask(made), ask(made)], lambda: server.seen
        )

    check_closed(Loop().run(main))
    assert len(server.seen) == 1
    release.set()


def test_a_call_that_waits_for_its_next_attempt(server: Server, sender: Sender) -> None:
    server.answers = [reply(b"", 503, {"Retry-After": "1"}), reply(b"1")]

    async def main() -> list[Any]:
        made = sender(client_for(server))
        errors = await errors_of_closing(made, [ask(made)], lambda: server.seen)
        await asyncio.sleep(1)
        return errors

    check_closed(Loop().run(main))
    assert len(server.seen) == 1


def test_nothing_is_sent_while_the_loop_stands_still(
    server: Server, sender: Sender
) -> None:
    """Threads go on without it."""
    server.answers = [reply(b"", 503, {"Retry-After": "1"}), reply(b"1")]

    async def main() -> list[Any]:
        made = sender(client_for(server))
        call = asyncio.ensure_future(ask(made))
        while not server.seen:
            await asyncio.sleep(0.01)
        await made.close()
        time.sleep(1.2)
        return await asyncio.gather(call, return_exceptions=True)

    check_closed(Loop().run(main))
    assert len(server.seen) == 1


def test_calls_that_wait_for_a_token(issuer: Issuer, sender: Sender) -> None:
    release = threading.Event()
    issuer.gives = until(release)
    token = credential(issuer)

    async def main() -> list[Any]:
        made = sender(client_for(issuer, token=token), max_concurrency=2)
        calls = [send(made) for _ in range(20)]
        return await errors_of_closing(made, calls, lambda: issuer.asked)

    check_closed(Loop().run(main))
    assert len(issuer.seen) == 1
    release.set()
    client = client_for(issuer, token=token)
    assert client.send(OP, OP.request({"id": 1}))["name"] == "Tom"


def test_calls_that_wait_for_what_another_client_fetches(
    issuer: Issuer, sender: Sender
) -> None:
    release = threading.Event()
    issuer.gives = until(release)
    token = credential(issuer)

    async def main() -> None:
        async with sender(client_for(issuer, token=token)) as other:
            fetching = asyncio.ensure_future(send(other))
            while not issuer.asked:
                await asyncio.sleep(0.01)
            made = sender(client_for(issuer, token=token))
            calls = [send(made) for _ in range(3)]
            check_closed(await errors_of_closing(made, calls, lambda: True))
            release.set()
            assert await fetching == "Tom"

    Loop().run(main)
    assert issuer.asked == 1


def test_others_go_on_where_the_client_that_fetches_is_closed(
    issuer: Issuer, sender: Sender
) -> None:
    release = threading.Event()
    issuer.gives = until(release)
    token = credential(issuer)

    async def main() -> None:
        made = sender(client_for(issuer, token=token))
        async with sender(client_for(issuer, token=token)) as other:
            fetching = asyncio.ensure_future(send(made))
            while not issuer.asked:
                await asyncio.sleep(0.01)
            waiting = asyncio.ensure_future(send(other))
            await asyncio.sleep(0.05)
            await made.close()
            check_closed(await asyncio.gather(fetching, return_exceptions=True))
            assert await waiting == "Tom"

    Loop().run(main)
    assert issuer.asked == 2
    release.set()


def test_a_call_that_is_cancelled_too(server: Server, sender: Sender) -> None:
    """Who cancels a task waits for its cancellation."""
    release = threading.Event()
    server.answers = [lambda _: release.wait(5) and None] * 2

    async def main() -> None:
        made = sender(client_for(server))
        calls = [asyncio.ensure_future(ask(made)) for _ in range(2)]
        while len(server.seen) < 2:
            await asyncio.sleep(0.01)
        calls[0].cancel()
        # Closing has begun, and the call does not know of it yet.
        asyncio.get_running_loop().call_soon(
            asyncio.get_running_loop().call_soon, calls[1].cancel
        )
        await asyncio.ensure_future(made.close())
        for call in calls:
            with pytest.raises(asyncio.CancelledError):
                await call
            assert call.cancelled()

    Loop().run(main)
    release.set()


def test_who_handles_the_error_goes_on(server: Server, sender: Sender) -> None:
    """The task is not cancelled, and may await what it likes."""
    release = threading.Event()
    server.answers = [lambda _: release.wait(5) and None]

    async def use(made: BaseAsyncClient) -> str:
        with pytest.raises(TransportError):
            await ask(made)
        task = asyncio.current_task()
        assert task is not None and task.cancelling() == 0
        async with asyncio.timeout(1):
            await asyncio.sleep(0.01)
        return "went on"

    async def main() -> str:
        made = sender(client_for(server))
        task = asyncio.ensure_future(use(made))
        while not server.seen:
            await asyncio.sleep(0.01)
        await made.close()
        return await task

    assert Loop().run(main) == "went on"
    release.set()


def test_a_closed_client_sends_nothing(issuer: Issuer, sender: Sender) -> None:
    async def main() -> None:
        made = sender(client_for(issuer, token=credential(issuer)))
        late = asyncio.ensure_future(send(made))  # It comes to nothing before closing.
        await made.close()
        for call in (late, send(made), send(made.with_options(timeout=1))):
            with pytest.raises(TransportError) as caught:
                await call
            check_closed([caught.value])

    Loop().run(main)
    assert not issuer.seen


HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"


@pytest.mark.parametrize(
    ("begun", "told"),
    [
        (b"", "the transport was closed"),
        (HEAD + b"123", "the response was closed before it was whole"),
    ],
)
def test_a_blocking_call_over_a_loop(
    server: Server, kind: Any, begun: bytes, told: str
) -> None:
    """Over the standard library's transport, which has none, it goes on."""
    if not hasattr(kind, "send_async"):
        pytest.skip("it has no loop")
    release = threading.Event()

    def wait(connection: Any) -> None:
        connection.sendall(begun)
        release.wait(5)

    server.answers = [wait, reply(b"1")]
    client = client_for(server).with_transport(kind(proxy=""))

    def close() -> None:
        while not server.seen:
            time.sleep(0.01)
        time.sleep(0.2)
        client.close()

    closing = threading.Thread(target=close)
    closing.start()
    start = time.monotonic()
    call = lambda: client.send(PLAIN, PLAIN.request({"id": 1}))  # noqa: E731
    error = fails(TransportError, call)
    assert str(error) == f"op (GET /x/{{id}}): {told}"
    assert time.monotonic() - start < 2
    closing.join()
    assert len(server.seen) == 1
    release.set()


def test_threads_go_on_where_the_client_that_fetches_is_closed(
    issuer: Issuer, kind: Any
) -> None:
    release = threading.Event()
    issuer.gives = until(release)
    token = credential(issuer)
    fetching = client_for(issuer, token=token).with_transport(kind(proxy=""))
    waiting = client_for(issuer, token=token)
    with ThreadPoolExecutor(2) as threads:
        own = threads.submit(fetching.send, OP, OP.request({"id": 1}))
        while not issuer.asked:
            time.sleep(0.01)
        other = threads.submit(waiting.send, OP, OP.request({"id": 1}))
        time.sleep(0.1)
        fetching.close()
        if not hasattr(kind, "send_async"):
            release.set()  # It goes on, and so do those that wait for it.
        assert other.result()["name"] == "Tom"
        error = own.exception()
        assert (error is None) == (kind is HttpTransport)
        assert error is None or "the transport was closed" in str(error)
    assert issuer.asked == (1 if kind is HttpTransport else 2)
    release.set()


def test_a_stream_that_outlives_its_client(server: Server, kind: Any) -> None:
    """It may go on, but what ends it is an error of ours."""
    release = threading.Event()

    def wait(connection: Any) -> None:
        connection.sendall(HEAD + b"123")
        release.wait(5)
        connection.sendall(b"456789")

    server.answers = [wait]
    stream = replace(operation(streams=True), responses={"200": lambda answer: answer})
    client = client_for(server).with_transport(kind(proxy=""))
    with client:
        response = client.send(stream, stream.request({"id": 1}))
    release.set()
    try:
        assert b"".join(response) == b"123456789"
    except TransportError as error:
        assert hasattr(kind, "send_async")
        assert "was closed" in str(error)
