"""A token that can't be fetched is told to each of all who wait for it."""

from __future__ import annotations

import asyncio
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from calling import client_for, fails
from issuer import OP, Issuer, Loop, Sender, credential, send
from scripted_server import reply

from oasmith.runtime.errors import (
    ConnectionFailed,
    TokenRefused,
    TransportError,
)
from oasmith.runtime.request import Request
from oasmith.runtime.response import Response

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
