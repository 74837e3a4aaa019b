"""A token that many calls need at once is fetched once, and no call hangs for it."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from calling import client_for, fails, operation
from issuer import OP, Issuer, Loop, Sender, credential, send, slowly, until

from oasmith.runtime.async_client import BaseAsyncClient
from oasmith.runtime.call import carry_out
from oasmith.runtime.errands import wait_for
from oasmith.runtime.errors import (
    DeadlineExceeded,
    TransportError,
)
from oasmith.runtime.oauth2 import OAuth2, _Token
from oasmith.runtime.request import Request
from oasmith.runtime.response import Response
from oasmith.runtime.transport import HttpTransport


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


def test_who_waits_holds_no_place(issuer: Issuer, sender: Sender) -> None:
    """Two do for a call that fetches, many that wait, and one that need not."""
    issuer.gives = slowly(0.5)
    token = credential(issuer)
    plain = operation(path="/y/{id}")

    async def main() -> None:
        client = client_for(issuer, token=token)
        async with sender(client, max_concurrency=2) as made:
            calls = [asyncio.create_task(send(made)) for _ in range(20)]
            await asyncio.sleep(0.1)
            start = time.monotonic()
            with pytest.raises(Exception, match="403"):
                await made.send(plain, plain.request({"id": 1}))
            assert time.monotonic() - start < 0.3
            assert await asyncio.gather(*calls) == ["Tom"] * 20

    Loop().run(main)
    assert issuer.asked == 1


def test_who_fetches_holds_a_place(issuer: Issuer, sender: Sender) -> None:
    """One does for all, one after the other."""
    issuer.gives = slowly(0.5)
    token = credential(issuer)
    plain = operation(path="/y/{id}")

    async def main() -> None:
        client = client_for(issuer, token=token)
        async with sender(client, max_concurrency=1) as made:
            calls = [asyncio.create_task(send(made)) for _ in range(5)]
            await asyncio.sleep(0.1)
            with pytest.raises(Exception, match="403"):
                await made.send(plain, plain.request({"id": 1}))
            assert await asyncio.gather(*calls) == ["Tom"] * 5

    Loop().run(main)
    paths = [each.target.rpartition("/")[2] for each in issuer.seen]
    assert paths[0] == "token" and len(paths) == 7
    assert issuer.connections <= 2


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
    assert time.monotonic() - start < 4
    release.set()
