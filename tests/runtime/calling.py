"""Clients and operations to try out against a server of the tests' own."""

from __future__ import annotations

import pickle
import traceback
from collections.abc import Callable
from typing import Any

import pytest
from scripted_server import Server, reply

from oasmith.runtime.answers import read_json
from oasmith.runtime.auth import Credentials, api_key, basic, bearer
from oasmith.runtime.client import BaseClient
from oasmith.runtime.errors import ApiError
from oasmith.runtime.operation import Operation
from oasmith.runtime.values import decode_any

SECRET = "s3cr3t:/+ %"
CAT = reply(b'{"kind":"cat","name":"Tom"}', headers={"X-Ray": "1"})
BUSY = reply(b"", 503, {"Retry-After": "0"})


def operation(method: str = "GET", **more: Any) -> Operation[Any]:
    return Operation(
        name="op",
        method=method,
        responses={"200": read_json(decode_any)},
        **{"path": "/x/{id}", **more},
    )


def client_for(server: Server, **given: Any) -> BaseClient:
    schemes = {
        "token": bearer(),
        "login": basic(),
        "head": api_key("header", "X-Key"),
        "query": api_key("query", "api key"),
        "cookie": api_key("cookie", "sid"),
    }
    return BaseClient(
        Credentials(schemes, given),
        base_url=server.url,
        default_base_url="/",
        timeout=5,
    )


def fails(kind: type[ApiError], call: Callable[[], object]) -> Any:
    """Give the error, after a look at what no error may do."""
    with pytest.raises(kind) as caught:
        call()
    error = caught.value
    told = "".join(traceback.format_exception(error)) + repr(error) + str(vars(error))
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again)) == (type(error), str(error))
    assert SECRET not in told
    return error
