"""What a client can be told besides the defaults: redirects, keys, hooks, logs."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from typing import Any

import pytest
from calling import BUSY, CAT, SECRET, client_for, fails, operation
from scripted_server import Seen, Server, reply

from oasmith.runtime.client import BaseClient
from oasmith.runtime.errors import ConnectionFailed, InvalidArgument, StatusError
from oasmith.runtime.operation import Operation
from oasmith.runtime.redirects import is_same_origin, redirect
from oasmith.runtime.request import Request
from oasmith.runtime.response import Response
from oasmith.runtime.retry import RetryQuota
from oasmith.runtime.streams import read_lines
from oasmith.runtime.values import decode_int

SECURED = (("token", "query", "cookie"),)
SECRETS = {"token": SECRET, "query": SECRET, "cookie": SECRET}


def call(client: BaseClient, op: Operation[Any], **more: Any) -> Any:
    return client.send(op, op.request({"id": 1}, **more))


def to(location: str, status: int = 302) -> bytes:
    return reply(b"", status, {"Location": location})


def secrets_in(seen: Seen) -> bool:
    told = f"{seen.target} {seen.headers}"
    return "s3cr3t" in told


def test_redirects_are_not_followed_by_themselves(server: Server) -> None:
    server.answers = [to("/other")]
    error = fails(StatusError, lambda: call(client_for(server), operation()))
    assert error.status == 302
    assert error.headers["location"] == "/other"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_at_home_keeps_the_credentials(server: Server, status: int) -> None:
    server.answers = [to("../v2/y?z=1#part", status), CAT]
    client = client_for(server, **SECRETS).with_options(redirects=1)
    op = operation(security=SECURED)
    assert call(client, op, headers={"X-A": "b"})["name"] == "Tom"
    first, second = server.seen
    assert second.line.startswith("GET /v1/v2/y?z=1&api%20key=s3cr3t")
    assert secrets_in(first) and secrets_in(second)
    assert second.headers["x-a"] == "b"


def test_another_origin_gets_no_credentials(server: Server) -> None:
    # The same server by another name is another origin.
    other = f"http://localhost:{server.port}/there"
    server.answers = [to(other), CAT]
    client = client_for(server, **SECRETS).with_options(redirects=1)
    op = operation(security=SECURED)
    headers = {"Authorization": SECRET, "X-A": "b"}
    assert call(client, replace(op, security=()), headers=headers)["name"] == "Tom"
    assert secrets_in(server.seen[0]) and not secrets_in(server.seen[1])
    server.answers = [to(other), to(f"{server.url}/back"), CAT]
    client = client.with_options(redirects=2)
    assert call(client, op, headers={"X-A": "b"})["name"] == "Tom"
    assert [secrets_in(seen) for seen in server.seen[2:]] == [True, False, False]
    assert ["x-a" in it.headers for it in server.seen] == [
        True,
        False,
        True,
        False,
        False,
    ]
    assert all("accept" in seen.headers for seen in server.seen)


def test_redirects_end(server: Server) -> None:
    server.answers = [to("/v1/x/1")] * 10
    client = client_for(server).with_options(redirects=3)
    error = fails(StatusError, lambda: call(client, operation()))
    assert (error.status, len(server.seen), error.attempts) == (302, 4, 4)


def test_what_changes_something_is_not_sent_elsewhere(server: Server) -> None:
    server.answers = [to("/other", 307)]
    client = client_for(server).with_options(redirects=3)
    error = fails(StatusError, lambda: call(client, operation("POST")))
    assert (error.status, len(server.seen)) == (307, 1)


def test_a_body_goes_along_at_home_only(server: Server) -> None:
    asked = Request("GET", f"{server.url}/a", {"Content-Type": "text/plain"}, b"b")

    def onward(status: int, location: str) -> Request | None:
        return redirect(asked, Response(status, {"location": location}, b""))

    followed = onward(307, "/c")
    assert followed is not None and followed.content == b"b"
    assert onward(302, "/c") is None
    assert onward(308, "https://elsewhere.test/") is None


def test_a_location_with_other_characters_is_followed() -> None:
    asked = Request("GET", "https://a.test/b")
    onward = redirect(asked, Response(302, {"location": "/é x?y=%20"}, b""))
    assert onward is not None
    assert onward.url == "https://a.test/%C3%A9%20x?y=%20"


@pytest.mark.parametrize(
    "location",
    ["http://a.test/", "ftp://a.test/", "https://u@a.test/", "https://:0/", "//[", ""],
)
def test_where_nothing_is_sent(location: str) -> None:
    asked = Request("GET", "https://a.test/b")
    headers = {"location": location} if location else {}
    assert redirect(asked, Response(302, headers, b"")) is None


def test_origins() -> None:
    assert is_same_origin("https://a.test/b", "https://A.test:443/c?d")
    assert not is_same_origin("https://a.test/", "https://a.test:444/")
    assert not is_same_origin("https://a.test/", "http://a.test/")
    assert not is_same_origin("https://a.test/", "https://b.a.test/")


def test_a_key_makes_it_safe_to_send_again(server: Server) -> None:
    server.answers = [reply(b"", 500), reply(b"", 502), CAT, CAT]
    client = client_for(server).with_options(idempotency_header="Idempotency-Key")
    assert call(client, operation("POST"))["name"] == "Tom"
    assert call(client, operation("POST"))["name"] == "Tom"
    keys = [seen.headers["idempotency-key"] for seen in server.seen]
    assert keys[0] == keys[1] == keys[2] != keys[3]
    assert len(keys[0]) == 32


def test_a_key_of_the_caller_is_kept(server: Server) -> None:
    server.answers = [reply(b"", 500), CAT]
    client = client_for(server).with_options(idempotency_header="Idempotency-Key")
    call(client, operation("PATCH"), headers={"idempotency-key": "mine"})
    assert [seen.headers["idempotency-key"] for seen in server.seen] == ["mine"] * 2


def test_what_only_reads_needs_no_key(server: Server) -> None:
    server.answers = [CAT]
    client = client_for(server).with_options(idempotency_header="Idempotency-Key")
    call(client, operation())
    assert "idempotency-key" not in server.seen[0].headers


def test_an_outage_is_not_multiplied(server: Server) -> None:
    quota = RetryQuota()
    assert sum(quota.take() for _ in range(200)) == 100
    quota.note(503, 3)
    assert not quota.take()
    for _ in range(4):
        quota.note(200, 1)
    assert not quota.take()
    quota.note(404, 1)
    assert quota.take()
    quota.note(200, 2)
    assert quota.take() and not quota.take()


def test_calls_of_a_client_share_the_quota(server: Server) -> None:
    client = client_for(server)
    client._quota._left = 5
    server.answers = [BUSY] * 10
    fails(StatusError, lambda: call(client, operation()))
    assert len(server.seen) == 2
    fails(StatusError, lambda: call(client.with_options(retries=9), operation()))
    assert len(server.seen) == 3


def test_hooks(server: Server) -> None:
    seen: list[object] = []

    def before(request: Request) -> Request:
        seen.append(request.headers["Authorization"])
        return replace(request, headers={**request.headers, "X-Signed": "yes"})

    def after(request: Request, response: Response) -> None:
        seen.append((request.headers["X-Signed"], response.status, response.content))

    server.answers = [BUSY, CAT]
    client = client_for(server, token=SECRET)
    client = client.with_options(before_send=before, after_response=after)
    call(client, operation(security=(("token",),)))
    bearer = f"Bearer {SECRET}"
    whole = b'{"kind":"cat","name":"Tom"}'
    assert seen == [bearer, ("yes", 503, b""), bearer, ("yes", 200, whole)]
    assert repr(seen[0]) == "'***'"
    assert [it.headers["x-signed"] for it in server.seen] == ["yes", "yes"]


def test_a_hook_does_not_change_how_a_stream_is_read(server: Server) -> None:
    def again(request: Request) -> Request:
        return Request(request.method, request.url, request.headers, request.content)

    server.answers = [reply(b"1\n2\n")]
    op = replace(operation(), responses={"200": read_lines(decode_int)}, streams=True)
    client = client_for(server).with_options(before_send=again)
    kinds: list[bool] = []
    client = client.with_options(
        after_response=lambda request, _: kinds.append(request.idle_timeout is not None)
    )
    assert list(call(client, op)) == [1, 2]
    assert kinds == [True]


def test_a_hook_may_only_look(server: Server) -> None:
    server.answers = [CAT]
    methods: list[str] = []

    def look(request: Request) -> None:
        methods.append(request.method)

    call(client_for(server).with_options(before_send=look), operation())
    assert methods == ["GET"]


def test_what_a_hook_makes_is_checked(server: Server) -> None:
    client = client_for(server).with_options(
        before_send=lambda request: replace(request, headers={"A": "b\r\nC: d"})
    )
    fails(InvalidArgument, lambda: call(client, operation()))
    assert server.seen == []


def test_errors_of_hooks_are_the_callers_own(server: Server) -> None:
    def fail(request: Request) -> None:
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        call(client_for(server).with_options(before_send=fail), operation())


def test_logs(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    server.answers = [BUSY, CAT]
    caplog.set_level(logging.DEBUG)
    client = client_for(server, query=SECRET)
    call(client, operation(security=(("query",),)), query={"a": "private"})
    told = [(each.levelname, each.getMessage()) for each in caplog.records]
    assert [level for level, _ in told] == ["DEBUG", "INFO", "DEBUG"]
    assert told[0][1].startswith("op: GET /x/{id} answered 503 after 0.")
    assert told[1][1] == "op is sent again in 0.00 s"
    assert "private" not in caplog.text and "s3cr3t" not in caplog.text


def test_attempts_are_told(server: Server) -> None:
    server.answers = [BUSY, BUSY, BUSY]
    error = fails(StatusError, lambda: call(client_for(server), operation()))
    assert error.attempts == 3
    assert str(error).endswith("the API answered 503 (3 attempts)")
    server.answers = []
    start = time.monotonic()
    error = fails(ConnectionFailed, lambda: call(client_for(server), operation("POST")))
    assert error.attempts == 1 and "attempts" not in str(error)
    assert time.monotonic() - start < 1


@pytest.mark.parametrize(
    "changes",
    [{"timeout": 0}, {"timeout": float("nan")}, {"retries": -1}, {"redirects": -1}],
)
def test_options_that_can_not_be(server: Server, changes: dict[str, Any]) -> None:
    fails(InvalidArgument, lambda: client_for(server).with_options(**changes))


def test_a_misspelt_option(server: Server) -> None:
    with pytest.raises(TypeError, match="retrys"):
        client_for(server).with_options(retrys=1)  # type: ignore[call-arg]
