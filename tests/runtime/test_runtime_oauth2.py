"""Tokens of OAuth 2: how they are asked for, when again, and that no secret shows."""

from __future__ import annotations

import json
import socket
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs, quote, quote_plus

import pytest
from calling import BUSY, CAT, SECRET, client_for, fails, operation
from scripted_server import Server, reply

from oasmith.runtime.errors import (
    ConnectionFailed,
    InvalidArgument,
    MissingCredentials,
    TokenRefused,
    TransportError,
)
from oasmith.runtime.oauth2 import OAuth2
from oasmith.runtime.request import Request
from oasmith.runtime.response import Response

_BASIC = b64encode(f"me:{quote_plus(SECRET)}".encode()).decode()
"""What is sent of the client's name and its secret."""


def granted(token: str = "t1", **more: Any) -> bytes:
    return reply(json.dumps({"access_token": token, **more}).encode())


def test_client_credentials_are_sent_as_rfc_6749_says(server: Server) -> None:
    server.answers = [granted(token_type="Bearer", expires_in=3600), CAT, CAT]
    token = OAuth2(f"{server.url}/token", "me:1", SECRET, scopes=["a", "b"])
    with client_for(server, token=token) as client:
        made = operation(security=(("token",),))
        for _ in range(2):
            client.send(made, made.request({"id": "1"}))
    asked, *calls = server.seen
    assert asked.line == "POST /v1/token HTTP/1.1"
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    # base64 of "me%3A1:s3cr3t%3A%2F%2B+%25", each form-encoded (section 2.3.1)
    expected = "Basic bWUlM0ExOnMzY3IzdCUzQSUyRiUyQislMjU="
    assert asked.headers["authorization"] == expected
    assert parse_qs(asked.content.decode()) == {
        "grant_type": ["client_credentials"],
        "scope": ["a b"],
    }
    assert [call.headers["authorization"] for call in calls] == ["Bearer t1"] * 2


def test_a_refresh_token_is_replaced_by_the_one_in_the_answer(server: Server) -> None:
    server.answers = [
        granted("t1", expires_in=0, refresh_token="r2"),
        granted("t2", expires_in=3600),
    ]
    token = OAuth2(f"{server.url}/token", "me", refresh_token="r1")
    assert [token(), token(), token()] == ["t1", "t2", "t2"]
    assert token.refresh_token == "r2"
    sent = [parse_qs(each.content.decode()) for each in server.seen]
    assert sent == [
        {
            "grant_type": ["refresh_token"],
            "refresh_token": [given],
            "client_id": ["me"],
        }
        for given in ("r1", "r2")
    ]
    assert "authorization" not in server.seen[0].headers


def test_a_token_of_short_life_is_used_for_half_of_it(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr("oasmith.runtime.oauth2.time.monotonic", lambda: now[0])
    server.answers = [granted("t1", expires_in="20"), granted("t2")]
    token = OAuth2(f"{server.url}/token", "me", SECRET, timeout=1e9)
    assert token() == "t1"
    now[0] += 9
    assert token() == "t1"
    now[0] += 2
    assert token() == "t2"
    now[0] += 1e8
    assert token() == "t2"


@pytest.mark.parametrize(
    "life",
    [
        '"' + "9" * 5000 + '"',
        "1" + "0" * 400,
        "1" + "0" * 5000,
        "1e400",
        "NaN",
        "-1",
        '"soon"',
        '"²"',
        "true",
        "[]",
    ],
)
def test_a_life_that_is_odd_is_not_told(server: Server, life: str) -> None:
    server.answers = [reply(f'{{"access_token":"t1","expires_in":{life}}}'.encode())]
    token = OAuth2(f"{server.url}/token", "me", SECRET)
    assert [token(), token()] == ["t1", "t1"]
    assert token._token is not None and token._token.best_before == float("inf")


def test_many_threads_ask_once(server: Server) -> None:
    server.answers = [granted(expires_in=3600)]
    token = OAuth2(f"{server.url}/token", "me", SECRET)
    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(lambda _: token(), range(32))) == {"t1"}
    assert len(server.seen) == 1


def refused(status: int, **more: Any) -> bytes:
    return reply(json.dumps(more).encode(), status)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (refused(401, error="invalid_client"), "answered 401 WITHOUT (invalid_client)"),
        (
            refused(400, error="invalid_grant", error_description="It was revoked."),
            "answered 400 WITHOUT (invalid_grant: It was revoked.)",
        ),
        # Some say so with 200.
        (refused(200, error="bad_code"), "answered 200 WITHOUT (bad_code)"),
        (refused(400, error=SECRET), "answered 400 WITHOUT"),
        (refused(400, error="x", error_description=f"{SECRET}!"), "400 WITHOUT (x)"),
        (
            refused(400, error="x", error_description=quote_plus(SECRET)),
            "400 WITHOUT (x)",
        ),
        (
            refused(400, error="x", error_description=f"got Basic {_BASIC}"),
            "400 WITHOUT (x)",
        ),
        (
            refused(400, error="x", error_description=quote(SECRET, safe="")),
            "400 WITHOUT (x)",
        ),
        (
            granted(access_token="t\r\nX: y"),
            "200 WITHOUT (no header can hold its token)",
        ),
        (refused(400, error="x", error_description="a\nb"), "400 WITHOUT (x)"),
        (refused(400, error="x", error_description="a" * 501), "400 WITHOUT (x)"),
        (refused(400, error=["x"]), "400 WITHOUT"),
        (reply(b"<html>"), "answered 200 WITHOUT"),
        (reply(b"[" * 10**5), "answered 200 WITHOUT"),
        (reply(b'{"access_token":7}'), "answered 200 WITHOUT"),
        (reply(b"[]"), "answered 200 WITHOUT"),
        (
            granted(token_type="mac"),
            "answered 200 WITHOUT (its token is no Bearer token)",
        ),
        (reply(b"", 302, {"Location": "https://example.org"}), "answered 302 WITHOUT"),
    ],
)
def test_a_refusal_tells_no_secret(server: Server, answer: bytes, message: str) -> None:
    server.answers = [answer]
    token = OAuth2(f"{server.url}/token", "me", SECRET)
    error = fails(TokenRefused, token)
    told = message.replace("WITHOUT", "without an access token")
    assert str(error).endswith(told)
    assert SECRET not in repr(token) and isinstance(error, MissingCredentials)


def test_a_request_for_a_token_shows_no_secret() -> None:
    requests: list[Request] = []

    class Watching:
        def send(self, request: Request, deadline: float) -> Response:
            requests.append(request)
            raise ConnectionFailed("nobody is there", sent=True)

        def close(self) -> None:
            pass

    transport = Watching()
    token = OAuth2("https://a.example/token", "me", SECRET, transport=transport)
    fails(ConnectionFailed, token)
    assert requests[0].headers["Authorization"] == f"Basic {_BASIC}"
    assert _BASIC not in repr(requests[0].headers)


def test_a_refusal_names_the_operation_that_needed_the_token(server: Server) -> None:
    server.answers = [refused(400, error="invalid_scope")]
    token = OAuth2(f"{server.url}/token", "me", SECRET, scopes=["x"])
    made = operation(security=(("token",),))
    with client_for(server, token=token) as client:
        error = fails(TokenRefused, lambda: client.send(made, made.request({"id": 1})))
    assert str(error).startswith("op (GET /x/{id}): the authorization server")
    assert (error.status, error.error, error.description) == (400, "invalid_scope", "")
    assert len(server.seen) == 1


def test_a_token_that_is_forgotten_is_fetched_anew_once(server: Server) -> None:
    server.answers = [granted("t1"), granted("t2")]
    token = OAuth2(f"{server.url}/token", "me", SECRET)
    assert token() == "t1"
    token.forget("another")
    assert token() == "t1"
    token.forget()
    assert [token(), token()] == ["t2", "t2"]


@pytest.mark.parametrize(
    "url",
    ["", "/token", "example.org/token", "ftp://a/t", "http://a/#b", "http://u@a/"],
)
def test_what_is_no_url_is_refused_at_once(url: str) -> None:
    fails(InvalidArgument, lambda: OAuth2(url, "me", SECRET))


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    slept: list[float] = []
    monkeypatch.setattr("oasmith.runtime.call.time.sleep", slept.append)
    return slept


def hang_up(connection: socket.socket) -> None:
    """Answer nothing, so that it is not known what came of the request."""


DOWN = reply(b"<html>", 502)
LIMITED = reply(b"", 429)
LATE = reply(b"", 503, {"Retry-After": "31"})


@pytest.mark.parametrize("passing", [DOWN, BUSY, LIMITED, hang_up])
def test_what_passes_is_tried_again(
    server: Server, pauses: list[float], passing: Any
) -> None:
    server.answers = [passing, passing, granted("t1")]
    assert OAuth2(f"{server.url}/token", "me", SECRET)() == "t1"
    assert (len(server.seen), len(pauses)) == (3, 2)


@pytest.mark.parametrize(
    ("passing", "asked"), [(BUSY, 2), (LIMITED, 2), (DOWN, 1), (hang_up, 1)]
)
def test_a_refresh_token_is_sent_again_only_if_it_was_not_used(
    server: Server, pauses: list[float], passing: Any, asked: int
) -> None:
    server.answers = [passing, granted("t1")]
    token = OAuth2(f"{server.url}/token", "me", refresh_token="r1")
    if asked == 1:
        fails(TransportError, token)
    else:
        assert token() == "t1"
    assert len(server.seen) == asked


@pytest.mark.parametrize(
    ("answer", "asked", "told"),
    [
        (DOWN, 3, "the authorization server answered 502 without an access token"),
        (LATE, 1, "the authorization server answered 503 without an access token"),
        (
            reply(b"", 501),
            1,
            "the authorization server answered 501 without an access token",
        ),
        (
            refused(503, error="temporarily_unavailable", error_description=SECRET),
            3,
            "the authorization server answered 503 without an access token"
            " (temporarily_unavailable)",
        ),
    ],
)
def test_a_server_that_is_not_able_to_answer_refuses_nothing(
    server: Server, pauses: list[float], answer: bytes, asked: int, told: str
) -> None:
    server.answers = [answer] * 3
    error = fails(TransportError, OAuth2(f"{server.url}/token", "me", SECRET))
    assert (str(error), len(server.seen)) == (told, asked)


def test_a_server_that_is_away_is_a_transport_error(
    server: Server, pauses: list[float]
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/token"
        for given in ({"client_secret": SECRET}, {"refresh_token": "r1"}):
            error = fails(ConnectionFailed, OAuth2(url, "me", **given))
            assert not error.sent
    assert len(pauses) == 4
