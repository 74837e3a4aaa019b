"""A variable may stand for the whole beginning of the URL."""

from __future__ import annotations

from types import ModuleType

import pytest
from loopback import LoopbackServer


def test_it_is_a_url(package: ModuleType, server: LoopbackServer) -> None:
    server.answer_bytes(b"", None, 204)
    with package.Client(endpoint=f"{server.url}/x", address="y") as client:
        client.pets.list_pets()
    assert server.last.line == "GET /x/y/pets"


@pytest.mark.parametrize("value", ["@a", "?a", "#a", ":a", " ", "a", ".a"])
def test_what_is_behind_a_host_does_not_go_on_with_it(
    package: ModuleType, value: str
) -> None:
    with pytest.raises(package.InvalidArgument, match="prefix must begin with"):
        package.Client(prefix=value)


@pytest.mark.parametrize(
    "value",
    [
        *("", "example.org", "ftp://example.org", "https://a@example.org"),
        *("https://example.org?a", "https://example.org#a", "https://{address}"),
    ],
)
def test_nothing_else_is_taken(package: ModuleType, value: str) -> None:
    with pytest.raises(package.InvalidArgument, match="endpoint must be"):
        package.Client(endpoint=value)
