"""A variable right behind the host begins the path, and can't go on with the host."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest


class Refused(Exception):
    """Names the URL that was asked for."""


class Refusing:
    """A transport that sends nothing."""

    def send(self, request: Any, deadline: object) -> object:
        raise Refused(request.url)

    def close(self) -> None: ...


@pytest.mark.parametrize(
    ("variables", "url"),
    [
        ({}, "http://api.example.org/sell/v1/pets"),
        ({"base_path": "/buy"}, "http://api.example.org/buy/pets"),
        ({"base_path": "/"}, "http://api.example.org/pets"),
        ({"version": "/@x:1"}, "http://api.example.org/sell/v1/@x:1/pets"),
    ],
)
def test_where_requests_go(
    package: ModuleType, variables: dict[str, str], url: str
) -> None:
    client = package.Client(transport=Refusing(), **variables)
    with pytest.raises(Refused, match=f"^{url}$"):
        client.pets.list_pets()


@pytest.mark.parametrize("value", [".evil.example", "@evil.example", ":1", "x", "/.."])
def test_nothing_else_is_taken(package: ModuleType, value: str) -> None:
    with pytest.raises(package.InvalidArgument, match="base_path must"):
        package.Client(base_path=value)
