"""Tokens of OAuth 2: how they are asked for, when again, and that no secret shows."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs

import pytest
from calling import CAT, SECRET, client_for, operation
from scripted_server import Server, reply

from oasmith.runtime.errors import MissingCredentials, TransportError
from oasmith.runtime.oauth2 import OAuth2


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


def test_many_threads_ask_once(server: Server) -> None:
    server.answers = [granted(expires_in=3600)]
    token = OAuth2(f"{server.url}/token", "me", SECRET)
    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(lambda _: token(), range(32))) == {"t1"}
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (reply(b'{"error":"invalid_client"}', 401), "answered 401 (invalid_client)"),
        (reply(json.dumps({"error": SECRET}).encode(), 400), "answered 400"),
        (reply(b"<html>", 502), "answered 502"),
        (reply(b"<html>"), "gave no access token"),
        (reply(b'{"access_token":7}'), "gave no access token"),
        (reply(b"[]"), "gave no access token"),
    ],
)
def test_a_refusal_tells_no_secret(server: Server, answer: bytes, message: str) -> None:
    server.answers = [answer]
    token = OAuth2(f"{server.url}/token", "me", SECRET)
    with pytest.raises(MissingCredentials, match="authorization server") as caught:
        token()
    assert message in str(caught.value)
    assert SECRET not in str(caught.value) + repr(token)


def test_a_server_that_is_away_is_a_transport_error(server: Server) -> None:
    with pytest.raises(TransportError):
        OAuth2(f"{server.url}/token", "me", SECRET)()
