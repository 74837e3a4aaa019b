"""A token that the API refuses is replaced once, and waiting for one has an end."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from calling import CAT, SECRET, client_for, fails, operation
from scripted_server import Seen, Server, reply

from oasmith.runtime.async_client import BaseAsyncClient
from oasmith.runtime.auth import Signed
from oasmith.runtime.call import carry_out
from oasmith.runtime.client import BaseClient
from oasmith.runtime.content import binary_content
from oasmith.runtime.errors import DeadlineExceeded, StatusError, TokenRefused
from oasmith.runtime.oauth2 import OAuth2
from oasmith.runtime.transport import HttpTransport

SECURED = (("token",),)
NO = reply(b"", 401)


def granted(token: str) -> bytes:
    return reply(json.dumps({"access_token": token, "expires_in": 3600}).encode())


def make_client(server: Server, **settings: Any) -> BaseClient:
    token = OAuth2(f"{server.url}/token", "me", SECRET, **settings)
    return client_for(server, token=token)


def call(client: BaseClient, method: str = "GET", **more: Any) -> Any:
    op = operation(method, security=SECURED)
    return client.send(op, op.request({"id": 1}, **more))


def tokens_in(seen: list[Seen]) -> list[str]:
    """What came in turn: "?" where a token was asked for, or else which was used."""
    return [
        "?" if each.target.endswith("/token") else each.headers["authorization"][7:]
        for each in seen
    ]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_call_is_sent_again_with_another(server: Server, method: str) -> None:
    server.answers = [granted("t1"), CAT, NO, granted("t2"), CAT, CAT]
    client = make_client(server).with_options(retries=0)
    body = binary_content(b"abc")
    for _ in range(3):
        assert call(client, method, body=body)["name"] == "Tom"
    assert tokens_in(server.seen) == ["?", "t1", "t1", "?", "t2", "t2"]
    assert server.seen[4].content == b"abc"


def test_awaiting_clients_do_so_too(server: Server, kind: Any) -> None:
    async def main() -> Any:
        op = operation(security=SECURED)
        client = make_client(server)
        transport = None if kind is HttpTransport else kind(proxy="")
        async with BaseAsyncClient(client, transport=transport) as sender:
            return await sender.send(op, op.request({"id": 1}))

    server.answers = [granted("t1"), NO, granted("t2"), CAT]
    assert asyncio.run(main())["name"] == "Tom"
    assert tokens_in(server.seen) == ["?", "t1", "?", "t2"]


def test_one_that_is_refused_as_well_is_an_error(server: Server) -> None:
    server.answers = [granted("t1"), NO, granted("t2"), NO, NO, CAT]
    client = make_client(server)
    error = fails(StatusError, lambda: call(client))
    assert (error.status, error.attempts) == (401, 2)
    # Whatever the reason is, another token is not the remedy.
    assert fails(StatusError, lambda: call(client)).status == 401
    call(client)
    assert tokens_in(server.seen) == ["?", "t1", "?", "t2", "t2", "t2"]


def test_an_operation_that_always_refuses_is_no_matter_for_others(
    server: Server,
) -> None:
    def send(path: str) -> Any:
        op = operation(path=path, security=SECURED)
        return client.send(op, op.request())

    server.answers = [granted("t1"), NO, granted("t2"), NO, CAT, NO]
    server.answers += [NO, granted("t3"), CAT, NO]
    client = make_client(server)
    fails(StatusError, lambda: send("/off"))
    assert send("/num")["name"] == "Tom"
    fails(StatusError, lambda: send("/off"))
    # Now the token is revoked, and only what is known to be futile is not tried.
    assert send("/num")["name"] == "Tom"
    fails(StatusError, lambda: send("/off"))
    used = ["?", "t1", "?", "t2", "t2", "t2", "t2", "?", "t3", "t3"]
    assert tokens_in(server.seen) == used


def test_later_it_may_be(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.answers = [granted("t1"), NO, granted("t2"), NO, NO, granted("t3"), CAT]
    client = make_client(server)
    fails(StatusError, lambda: call(client))
    monkeypatch.setattr("oasmith.runtime.auth._FUTILE_SECONDS", -1)
    client._credentials.note_futility(operation())
    assert call(client)["name"] == "Tom"


def test_what_can_be_sent_once_is(server: Server) -> None:
    server.answers = [granted("t1"), NO, granted("t2"), CAT]
    client = make_client(server)
    once = binary_content(Once(b"abc"))
    assert fails(StatusError, lambda: call(client, "PUT", body=once)).status == 401
    call(client)
    assert tokens_in(server.seen) == ["?", "t1", "?", "t2"]


class Once:
    """What is open for reading, and can't be read again."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, size: int) -> bytes:
        given, self._data = self._data, b""
        return given


@pytest.mark.parametrize("token", ["fixed", lambda: "fixed"])
def test_what_gives_no_other_is_not_asked(server: Server, token: Any) -> None:
    server.answers = [NO, CAT]
    client = client_for(server, token=token)
    assert fails(StatusError, lambda: call(client)).attempts == 1


def test_a_refusal_to_give_another_is_told(server: Server) -> None:
    refusal = reply(b'{"error":"invalid_grant"}', 400)
    server.answers = [granted("t1"), NO, refusal]
    error = fails(TokenRefused, lambda: call(make_client(server)))
    assert (error.error, error.attempts) == ("invalid_grant", 1)


def test_many_calls_that_are_refused_ask_once(server: Server) -> None:
    """Whoever comes with an old token is given the new one."""

    def sign() -> Signed:
        deadline = time.monotonic() + 5
        steps = credentials.sign(op.request({"id": 1}), op, deadline)
        return carry_out(steps, HttpTransport(), deadline)

    credentials = make_client(server)._credentials
    server.answers = [granted("t1"), granted("t2")]
    op = operation(security=SECURED)
    signed = sign()
    for _ in range(3):
        assert credentials.replace_tokens(signed, op)
        again = sign()
        assert again.request.headers["Authorization"] == "Bearer t2"
    assert len(server.seen) == 2


def test_a_token_that_does_not_come_ends_the_call_in_time(server: Server) -> None:
    def silent(connection: socket.socket) -> None:
        time.sleep(1.5)

    server.answers = [silent] * 9
    client = make_client(server, timeout=30).with_options(timeout=0.3)
    start = time.monotonic()
    with ThreadPoolExecutor(6) as threads:
        # One of them asks, and the others wait for what it is told.
        calls = [threads.submit(call, client) for _ in range(6)]
        for each in calls:
            assert isinstance(each.exception(), DeadlineExceeded)
            assert "op (GET /x/{id}): " in str(each.exception())
    assert time.monotonic() - start < 1


def test_a_hurried_call_takes_nothing_from_the_others(server: Server) -> None:
    def slow(connection: socket.socket) -> None:
        time.sleep(0.5)

    server.answers = [slow, granted("t1"), CAT]
    client = make_client(server)
    with ThreadPoolExecutor(2) as threads:
        hurried = threads.submit(call, client.with_options(timeout=0.2))
        time.sleep(0.05)
        patient = threads.submit(call, client)
        assert isinstance(hurried.exception(), DeadlineExceeded)
        assert patient.result()["name"] == "Tom"


class Vault:
    """Gives numbers, one for each that is refused."""

    def __init__(self) -> None:
        self.number = 1

    def __call__(self) -> str:
        raise AssertionError("it is asked with a deadline")

    def token_before(self, deadline: float) -> str:
        assert 0 < deadline - time.monotonic() <= 5
        return f"v;{self.number}"

    def forget(self, token: str) -> None:
        self.number += token == f"v;{self.number}"


@pytest.mark.parametrize(
    ("scheme", "sent"),
    [
        ("token", "Bearer v;{}"),
        ("head", "v;{}"),
        ("query", "/v1/x/1?api%20key=v%3B{}"),
        ("cookie", "sid=v%3B{}"),
    ],
)
def test_sources_of_the_callers_own(server: Server, scheme: str, sent: str) -> None:
    server.answers = [NO, CAT]
    client = client_for(server, **{scheme: Vault()})
    op = operation(security=((scheme,),))
    assert client.send(op, op.request({"id": 1}))["name"] == "Tom"
    for number, seen in enumerate(server.seen, 1):
        places = {seen.target, *seen.headers.values()}
        assert sent.format(number) in places
    assert len(server.seen) == 2
