"""The first alternative that can be met is sent, and no other credential."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer, Received

ALL = {
    "token": "the-token",
    "basic": ("ann", "pass:wörd"),
    "header_key": "in-header",
    "query_key": "in&query",
    "cookie_key": "in;cookie",
    "oauth": "the-oauth-token",
}
SENT = ("authorization", "x-key", "cookie")


def call(
    package: ModuleType,
    server: LoopbackServer,
    credentials: dict[str, Any],
    name: str,
    **arguments: str,
) -> Received:
    server.answer_bytes(b"", None, 204)
    with package.Client(**credentials, base_url=server.url) as client:
        getattr(client.vault, name)(**arguments)
    return server.last


@pytest.mark.parametrize(
    ("name", "line", "sent"),
    [
        ("by_token", "GET /token", {"authorization": "Bearer the-token"}),
        ("by_basic", "GET /basic", {"authorization": "Basic YW5uOnBhc3M6d8O2cmQ="}),
        ("by_header", "GET /header", {"x-key": "in-header"}),
        ("by_query", "GET /query?key=in%26query", {}),
        ("by_cookie", "GET /cookie", {"cookie": "session=in%3Bcookie"}),
        ("by_oauth", "GET /oauth", {"authorization": "Bearer the-oauth-token"}),
        ("by_either", "GET /either", {"authorization": "Bearer the-token"}),
        ("maybe", "GET /maybe", {"authorization": "Bearer the-token"}),
        ("by_nothing", "GET /nothing", {}),
    ],
)
def test_what_an_operation_asks_for_is_sent(
    package: ModuleType,
    server: LoopbackServer,
    name: str,
    line: str,
    sent: dict[str, str],
) -> None:
    seen = call(package, server, ALL, name)
    assert seen.line == line
    assert {key: seen.headers[key] for key in SENT if key in seen.headers} == sent


def test_the_second_alternative_needs_both(
    package: ModuleType, server: LoopbackServer
) -> None:
    both = {"header_key": "h", "query_key": "q"}
    seen = call(package, server, both, "by_either")
    assert (seen.line, seen.headers["x-key"]) == ("GET /either?key=q", "h")
    with pytest.raises(package.MissingCredentials, match="token"):
        call(package, server, {"header_key": "h"}, "by_either")
    assert len(server.received) == 1


def test_nothing_is_sent_where_nothing_will_do(
    package: ModuleType, server: LoopbackServer
) -> None:
    seen = call(package, server, {}, "maybe")
    assert not set(SENT) & set(seen.headers)


def test_credentials_go_beside_parameters(
    package: ModuleType, server: LoopbackServer
) -> None:
    keys = {"query_key": "1", "cookie_key": "2"}
    seen = call(package, server, keys, "sends_too", q="a", c="b")
    assert seen.line == "GET /twice?q=a&key=1"
    assert seen.headers["cookie"] == "c=b; session=2"


def test_a_key_that_a_redirect_repeats_is_sent_once(
    package: ModuleType, server: LoopbackServer
) -> None:
    server.answer_bytes(b"", None, 302, {"Location": "/query?a=1&ke%79=in%26query&b"})
    server.answer_bytes(b"", None, 204)
    with package.Client(query_key="in&query", base_url=server.url) as client:
        client.with_options(redirects=1).vault.by_query()
    assert server.last.line == "GET /query?a=1&b&key=in%26query"


def test_a_secret_is_in_no_repr(package: ModuleType) -> None:
    with package.Client(**ALL, base_url="http://localhost") as client:
        shown = repr(client) + repr(client.vault)
    assert not [secret for secret in ("the-token", "pass", "in-") if secret in shown]


def test_oauth2_fetches_the_token(package: ModuleType, server: LoopbackServer) -> None:
    server.answer({"access_token": "fetched", "expires_in": 3600})
    oauth = package.OAuth2(f"{server.url}/token", "me", "secret", scopes=["read"])
    received = call(package, server, {"oauth": oauth}, "by_oauth")
    assert received.headers["authorization"] == "Bearer fetched"
    assert server.received[0].line == "POST /token"


def test_a_token_that_is_refused(package: ModuleType, server: LoopbackServer) -> None:
    server.answer({"error": "invalid_client", "error_description": "It is gone."}, 401)
    oauth = package.OAuth2(f"{server.url}/token", "me", "secret")
    with pytest.raises(package.TokenRefused, match="invalid_client: It is gone"):
        call(package, server, {"oauth": oauth}, "by_oauth")
    assert [seen.line for seen in server.received] == ["POST /token"]
