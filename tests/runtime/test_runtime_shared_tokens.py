"""A token that many calls need at once is fetched once, and no call hangs for it."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from calling import client_for, fails, operation
from issuer import Issuer, Loop, credential, slowly, until
from kinds_of_transport import KINDS
from scripted_server import reply

from oasmith.runtime.async_client import BaseAsyncClient
from oasmith.runtime.call import carry_out
from oasmith.runtime.client import BaseClient
from oasmith.runtime.errands import wait_for
from oasmith.runtime.errors import (
    ConnectionFailed,
    DeadlineExceeded,
    TokenRefused,
    TransportError,
)
from oasmith.runtime.oauth2 import OAuth2, _Token
from oasmith.runtime.request import Request
from oasmith.runtime.response import Response
from oasmith.runtime.transport import HttpTransport

OP = operation(security=(("token",),))


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    threads = {each.name for each in threading.enumerate()}
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
        made = Issuer(listener.getsockname()[1])

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    threading.Thread(
                        target=made.serve, args=[connection], name="served", daemon=True
                    ).start()

        threading.Thread(target=accept, name="served", daemon=True).start()
        yield made
        listener.shutdown(socket.SHUT_RDWR)
    end = time.monotonic() + 3
    while left := {e.name for e in threading.enumerate()} - threads - {"served"}:
        assert time.monotonic() < end, left
        time.sleep(0.01)


@pytest.fixture(params=["threads", "httpx2", "aiohttp"])
def sender(request: pytest.FixtureRequest) -> Callable[..., BaseAsyncClient]:
    """Makes a client that awaits."""

    def make(client: BaseClient, **more: Any) -> BaseAsyncClient:
        if request.param == "threads":
            return BaseAsyncClient(client, **more)
        made = KINDS[request.param](proxy="")
        return BaseAsyncClient(client, transport=made, **more)

    if request.param != "threads":
        pytest.importorskip(request.param)
    return make


async def send(sender: BaseAsyncClient) -> Any:
    return (await sender.send(OP, OP.request({"id": 1})))["name"]


Sender = Callable[..., BaseAsyncClient]


def test_threads_and_loops_ask_once(issuer: Issuer, sender: Sender) -> None:
    issuer.gives = slowly(0.3)
    token = credential(issuer)
    token._token = _Token("expired", time.monotonic())

    async def main() -> set[str]:
        async with sender(client_for(issuer, token=token)) as made:
            return set(await asyncio.gather(*(send(made) for _ in range(50))))

    def block() -> set[str]:
        with client_for(issuer, token=token) as client:
            return {client.send(OP, OP.request({"id": 1}))["name"]}

    works = [lambda: Loop().run(main)] * 6 + [block] * 2
    with ThreadPoolExecutor(8) as threads:
        jobs = [threads.submit(work) for work in works]
        assert [job.result() for job in jobs] == [{"Tom"}] * 8
    assert issuer.asked == 1
    assert len(issuer.seen) == 1 + 6 * 50 + 2


def test_who_waits_holds_no_thread(issuer: Issuer) -> None:
    """Two threads do for a call that fetches, many that wait, and one that need not."""
    issuer.gives = slowly(0.5)
    token = credential(issuer)
    plain = operation(path="/y/{id}")

    async def main() -> None:
        client = client_for(issuer, token=token)
        async with BaseAsyncClient(client, max_concurrency=2) as made:
            calls = [asyncio.create_task(send(made)) for _ in range(20)]
            await asyncio.sleep(0.1)
            start = time.monotonic()
            with pytest.raises(Exception, match="403"):
                await made.send(plain, plain.request({"id": 1}))
            assert time.monotonic() - start < 0.3
            assert await asyncio.gather(*calls) == ["Tom"] * 20

    Loop().run(main)
    assert issuer.asked == 1


def test_a_call_that_is_cancelled_takes_nothing_from_the_others(
    issuer: Issuer, sender: Sender
) -> None:
    issuer.gives = slowly(0.3)
    token = credential(issuer)

    async def main() -> list[str]:
        async with sender(client_for(issuer, token=token)) as made:
            first = asyncio.create_task(send(made))
            await asyncio.sleep(0.1)
            others = [asyncio.create_task(send(made)) for _ in range(20)]
            await asyncio.sleep(0.05)
            start = time.monotonic()
            first.cancel()
            with pytest.raises(asyncio.CancelledError):
                await first
            assert time.monotonic() - start < 0.1
            return await asyncio.gather(*others)

    assert Loop().run(main) == ["Tom"] * 20
    # What was asked for is of use to the others, and a refresh token would be used up.
    assert issuer.asked == 1


def test_where_who_fetches_is_gone_another_goes_on(
    issuer: Issuer, sender: Sender
) -> None:
    """The loop that began it ends, or its client is closed."""
    release = threading.Event()
    issuer.gives = until(release)
    token = credential(issuer)
    begun = threading.Event()

    async def give_up() -> None:
        async with sender(client_for(issuer, token=token)) as made:
            call = asyncio.create_task(send(made))
            await asyncio.to_thread(begun.wait, 5)
            call.cancel()
            with suppress(asyncio.CancelledError):
                await call

    async def go_on() -> list[str]:
        async with sender(client_for(issuer, token=token)) as made:
            calls = [asyncio.create_task(send(made)) for _ in range(20)]
            await asyncio.sleep(0.2)
            begun.set()
            return await asyncio.gather(*calls)

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(Loop().run, give_up)
        while not issuer.asked:
            time.sleep(0.01)
        start = time.monotonic()
        assert threads.submit(Loop().run, go_on).result() == ["Tom"] * 20
        assert time.monotonic() - start < 2
        first.result()
    release.set()
    assert issuer.asked == 2


def test_a_loop_that_stands_still_is_not_waited_for(issuer: Issuer) -> None:
    """One that was stopped in the middle, and never closed."""
    pytest.importorskip("aiohttp")
    from oasmith.runtime.transports.aiohttp import AiohttpTransport

    release = threading.Event()
    issuer.gives = until(release)
    token = credential(issuer, timeout=0.5)
    loop = asyncio.new_event_loop()
    made = BaseAsyncClient(
        client_for(issuer, token=token), transport=AiohttpTransport(proxy="")
    )
    call = loop.create_task(send(made))
    loop.run_until_complete(asyncio.sleep(0.1))
    assert issuer.asked == 1
    with client_for(issuer, token=token) as client:
        assert client.send(OP, OP.request({"id": 1}))["name"] == "Tom"
    assert issuer.asked == 2
    release.set()
    call.cancel()
    loop.run_until_complete(asyncio.gather(call, return_exceptions=True))
    loop.run_until_complete(made.close())
    loop.run_until_complete(asyncio.sleep(0.05))
    loop.close()


def test_who_waits_waits_no_longer_than_it_may(issuer: Issuer, sender: Sender) -> None:
    issuer.gives = slowly(1)
    token = credential(issuer)

    async def main() -> None:
        async with sender(client_for(issuer, token=token)) as made:
            patient = asyncio.create_task(send(made))
            await asyncio.sleep(0.1)
            hurried = made.with_options(timeout=0.2)
            start = time.monotonic()
            calls = (send(hurried) for _ in range(5))
            errors = await asyncio.gather(*calls, return_exceptions=True)
            assert 0.1 < time.monotonic() - start < 0.6
            assert {type(each) for each in errors} == {DeadlineExceeded}
            assert "op (GET /x/{id}): the access token" in str(errors[0])
            assert await patient == "Tom"

    Loop().run(main)
    assert issuer.asked == 1


def test_who_runs_out_of_time_leaves_it_to_another(
    issuer: Issuer, sender: Sender
) -> None:
    issuer.gives = slowly(1)
    token = credential(issuer)

    async def main() -> None:
        async with sender(client_for(issuer, token=token)) as made:
            hurried = asyncio.create_task(send(made.with_options(timeout=0.2)))
            await asyncio.sleep(0.05)
            patient = [asyncio.create_task(send(made)) for _ in range(5)]
            with pytest.raises(DeadlineExceeded):
                await hurried
            assert await asyncio.gather(*patient) == ["Tom"] * 5

    Loop().run(main)
    assert issuer.asked == 2


def test_the_time_of_another_is_not_ones_own(issuer: Issuer) -> None:
    """One call is first to need a token, and one with less time begins to fetch it."""
    issuer.gives = slowly(0.5)
    token = credential(issuer)
    transport, now = HttpTransport(), time.monotonic()
    patient = token.token_steps(now + 20)
    wait: Any = patient.send(None)
    with pytest.raises(DeadlineExceeded):
        carry_out(token.token_steps(now + 0.2), transport, now + 0.2)
    wait_for(wait, transport)
    assert carry_out(patient, transport, now + 20) == "t2"


def test_what_came_a_moment_ago_is_not_fetched_again(issuer: Issuer) -> None:
    token = credential(issuer)
    transport, until = HttpTransport(), time.monotonic() + 5

    class Late:
        """Lets another thread be quicker, between a look and the lock."""

        def __init__(self) -> None:
            self.lock, token._lock = token._lock, self  # type: ignore[assignment]

        def __enter__(self) -> None:
            token._lock = self.lock
            assert carry_out(token.token_steps(until), transport, until) == "t1"
            self.lock.acquire()

        def __exit__(self, *error: object) -> None:
            self.lock.release()

    Late()
    assert carry_out(token.token_steps(until), transport, until) == "t1"
    assert issuer.asked == 1


REFUSAL = reply(b'{"error":"invalid_client"}', 401)


@pytest.mark.parametrize(
    ("answer", "kind", "asked"),
    [(REFUSAL, TokenRefused, 1), (reply(b"", 502), TransportError, 3)],
)
def test_what_the_server_says_is_told_to_all(
    issuer: Issuer,
    sender: Sender,
    answer: bytes,
    kind: type[Exception],
    asked: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("oasmith.runtime.retry._backoff", lambda attempt: 0.01)

    def refuse(count: int, connection: socket.socket) -> bytes:
        time.sleep(0.2)
        return answer

    issuer.gives = refuse
    token = credential(issuer)
    named = [replace(OP, name=f"op{number}") for number in range(10)]

    async def main() -> list[BaseException]:
        async with sender(client_for(issuer, token=token)) as made:
            calls = (made.send(each, each.request({"id": 1})) for each in named)
            return await asyncio.gather(*calls, return_exceptions=True)

    errors: Any = Loop().run(main)
    assert [type(each) for each in errors] == [kind] * 10
    assert len({*map(id, errors)}) == 10, "each has its own, with its own traceback"
    assert [each.operation for each in errors] == [each.name for each in named]
    assert issuer.asked == asked


def test_threads_are_told_of_their_own_operation(issuer: Issuer) -> None:
    def refuse(count: int, connection: socket.socket) -> bytes:
        time.sleep(0.3)
        return REFUSAL

    issuer.gives = refuse
    token = credential(issuer)

    def call(number: int) -> str:
        named = replace(OP, name=f"op{number}")
        with client_for(issuer, token=token) as client:
            request = named.request({"id": 1})
            error = fails(TokenRefused, lambda: client.send(named, request))
            return str(error.operation)

    with ThreadPoolExecutor(6) as threads:
        told = [*threads.map(call, range(6))]
    assert told == [f"op{number}" for number in range(6)]
    assert issuer.asked == 1


def test_nobody_waits_for_a_pause_that_would_be_too_long(issuer: Issuer) -> None:
    """Whose retry was not tried for want of time speaks for itself alone."""

    def busy(count: int, connection: socket.socket) -> bytes | None:
        if count > 1:
            return None
        time.sleep(0.1)
        return reply(b"", 503, {"Retry-After": "1"})

    issuer.gives = busy
    client = client_for(issuer, token=credential(issuer))
    with ThreadPoolExecutor(2) as threads:
        hurried = threads.submit(
            client.with_options(timeout=0.5).send, OP, OP.request({"id": 1})
        )
        time.sleep(0.05)
        patient = threads.submit(client.send, OP, OP.request({"id": 1}))
        assert patient.result()["name"] == "Tom"
        assert isinstance(hurried.exception(), TransportError)
    assert issuer.asked == 2


def test_a_server_that_is_away_has_its_cause(sender: Sender) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        away = Issuer(unused.getsockname()[1])
        token = credential(away)

        async def main() -> list[BaseException]:
            async with sender(client_for(away, token=token)) as made:
                calls = (send(made) for _ in range(3))
                return await asyncio.gather(*calls, return_exceptions=True)

        errors: Any = Loop().run(main)
    assert [type(each) for each in errors] == [ConnectionFailed] * 3
    assert all(isinstance(each.__cause__, Exception) for each in errors)


class Faulty:
    """A transport of the caller's own that has a mistake in it."""

    def __init__(self) -> None:
        self.count = 0

    def send(self, request: Request, deadline: float) -> Response:
        self.count += 1
        raise KeyError("mine")

    def close(self) -> None: ...


def test_a_mistake_of_a_transport_leaves_the_call(
    issuer: Issuer, sender: Sender
) -> None:
    faulty = Faulty()
    token = credential(issuer, transport=faulty)
    with pytest.raises(KeyError, match="mine"):
        client_for(issuer, token=token).send(OP, OP.request({"id": 1}))

    async def main() -> None:
        async with sender(client_for(issuer, token=token)) as made:
            with pytest.raises(KeyError, match="mine"):
                await send(made)

    Loop().run(main)
    assert (faulty.count, issuer.asked) == (2, 0)


def test_the_transport_is_the_clients_or_its_own(
    issuer: Issuer, sender: Sender
) -> None:
    class Counting(HttpTransport):
        seen: list[str]

        def send(self, request: Request, deadline: float) -> Response:
            self.seen.append(request.url.rpartition("/")[2])
            return super().send(request, deadline)

    ours, own = Counting(), Counting()
    ours.seen, own.seen = [], []
    client = client_for(issuer, token=credential(issuer)).with_transport(ours)
    client.send(OP, OP.request({"id": 1}))
    assert ours.seen == ["token", "1"]

    async def main() -> None:
        token = credential(issuer, transport=own)
        async with sender(client_for(issuer, token=token)) as made:
            assert await send(made) == "Tom"

    Loop().run(main)
    assert own.seen == ["token"]
    assert (
        fails(TransportError, lambda: OAuth2("http://127.0.0.1:1/t", "me")()).sent
        is False
    )


def test_closing_a_client_ends_what_it_fetches(issuer: Issuer, sender: Sender) -> None:
    release = threading.Event()
    issuer.gives = until(release)
    token = credential(issuer)

    async def main() -> None:
        made = sender(client_for(issuer, token=token))
        call = asyncio.create_task(send(made))
        while not issuer.asked:
            await asyncio.sleep(0.01)
        call.cancel()
        await made.close()
        with pytest.raises(asyncio.CancelledError):
            await call

    start = time.monotonic()
    Loop().run(main)
    assert time.monotonic() - start < 1
    release.set()
