"""Credentials over real sockets: which are sent, where, and that none shows."""

from __future__ import annotations

import functools
import logging
from typing import Any

import pytest
from calling import SECRET, client_for, fails, operation
from scripted_server import Server, reply

from oasmith.runtime.auth import Credentials, api_key, basic, bearer
from oasmith.runtime.client import BaseClient
from oasmith.runtime.errors import (
    DecodeError,
    InvalidArgument,
    MissingCredentials,
)
from oasmith.runtime.request import Request
from oasmith.runtime.response import Response


@pytest.mark.parametrize(
    ("security", "given", "expected"),
    [
        ((("token",),), {"token": SECRET}, {"authorization": f"Bearer {SECRET}"}),
        (
            (("token",),),
            {"token": lambda: SECRET},
            {"authorization": f"Bearer {SECRET}"},
        ),
        (
            (("login",),),
            {"login": ("ü", SECRET)},
            {"authorization": "Basic w7w6czNjcjN0Oi8rICU="},
        ),
        ((("login",),), {"login": lambda: ("u", "p")}, {"authorization": "Basic dTpw"}),
        (
            (("head", "cookie"),),
            {"head": "h", "cookie": "a=b/+=; c"},
            {"x-key": "h", "cookie": "sid=a=b/+=%3B%20c"},
        ),
        (
            (("token",), ("head",)),
            {"head": "h", "token": "t"},
            {"authorization": "Bearer t"},
        ),
        ((("token", "cookie"), ("head",)), {"head": "h", "token": "t"}, {"x-key": "h"}),
        ((("token",), ()), {"head": "h"}, {}),
        (((), ("token",)), {"token": "t"}, {"authorization": "Bearer t"}),
        (((),), {"token": "t"}, {}),
        ((), {"token": "t"}, {}),
    ],
)
def test_the_first_alternative_that_can_be_and_no_other(
    server: Server,
    security: tuple[tuple[str, ...], ...],
    given: dict[str, Any],
    expected: dict[str, str],
) -> None:
    server.answers = [reply(b"1")]
    op = operation(security=security)
    assert client_for(server, **given).send(op, op.request({"id": 1})) == 1
    names = ("authorization", "x-key", "cookie")
    headers = server.seen[0].headers
    assert {name: headers[name] for name in names if name in headers} == expected
    assert server.seen[0].target == "/v1/x/1"


def test_a_key_in_the_query(server: Server) -> None:
    server.answers = [reply(b"1"), reply(b"<")]
    op = operation(security=(("query",),))
    client = client_for(server, query=SECRET)
    client.send(op, op.request({"id": 1}, query={"a": 1}))
    assert server.seen[0].target == "/v1/x/1?a=1&api%20key=s3cr3t%3A%2F%2B%20%25"
    error = fails(DecodeError, lambda: client.send(op, op.request({"id": 1})))
    assert "s3cr3t" not in str(error)


def test_missing_credentials(server: Server) -> None:
    op = operation(security=(("token",), ("head", "cookie")))
    client = client_for(server, head="h")
    error = fails(MissingCredentials, lambda: client.send(op, op.request({"id": 1})))
    assert str(error) == "op (GET /x/{id}): needs token, or head and cookie"
    assert not server.seen


def test_secrets_do_not_show(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    class Recorder:
        def send(self, request: Request, deadline: float) -> Response:
            assert request.headers["Authorization"] == f"Bearer {SECRET}"
            assert "api%20key=s3cr3t" in request.url
            for shown in (repr(request), str(request), repr(dict(request.headers))):
                assert "s3cr3t" not in shown
            return Response(200, {}, b"1")

        def close(self) -> None: ...

    token = functools.partial(str, SECRET)
    credentials = Credentials(
        {"query": api_key("query", "api key"), "token": bearer(), "login": basic()},
        {"query": SECRET, "token": token, "login": ("u", SECRET)},
    )
    client = BaseClient(
        credentials,
        base_url=server.url,
        default_base_url="/",
        transport=Recorder(),
    )
    op = operation(security=(("token", "query"),))
    client.send(op, op.request({"id": 1}))
    for value in (client, vars(client), credentials, vars(credentials)):
        assert "s3cr3t" not in f"{value!r} {value!s}"
    assert "s3cr3t" not in caplog.text


@pytest.mark.parametrize(
    "given",
    [
        {"token": 1},
        {"token": ("u", SECRET)},
        {"login": SECRET},
        {"login": ("a:b", SECRET)},
    ],
)
def test_wrong_credentials_are_refused_at_once(server: Server, given: Any) -> None:
    fails(InvalidArgument, lambda: client_for(server, **given))


def test_credentials_that_would_split_a_header(server: Server) -> None:
    op = operation(security=(("token",),))
    client = client_for(server, token=lambda: f"{SECRET}\r\nX: y")
    error = fails(InvalidArgument, lambda: client.send(op, op.request({"id": 1})))
    assert error.operation == "op" and not server.seen
