"""A variable whose default is a host with its port takes such values, and no others."""

from __future__ import annotations

from types import ModuleType

import pytest
from loopback import LoopbackServer


def test_it_arrives(package: ModuleType, server: LoopbackServer) -> None:
    server.answer_bytes(b"", None, 204)
    host = server.url.removeprefix("http://")
    with package.Client(default_host=host) as client:
        client.pets.list_pets()
    assert server.last.line == "GET /pets"
    assert server.last.headers["host"] == host


@pytest.mark.parametrize(
    "value", ["a@b", "a:b", "a:1:2", "a?b", "a#b", "a b", "[::1]:80", "a/%2e"]
)
def test_nothing_else_is_taken(package: ModuleType, value: str) -> None:
    with pytest.raises(package.InvalidArgument, match="default_host must be a host"):
        package.Client(default_host=value)
