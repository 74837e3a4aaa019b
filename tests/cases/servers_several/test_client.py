"""The first server is the default; a base URL of one's own goes before all of them."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer


class Refused(Exception):
    """Names the URL that was asked for."""


class Refusing:
    """A transport that sends nothing."""

    def send(self, request: Any, deadline: object) -> object:
        raise Refused(request.url)

    def close(self) -> None: ...


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("list_pets", "https://eu.example.org:8443/v1/pets"),
        ("list_files", "https://files.example.org/files"),
        ("add_file", "https://uploads.example.org/v9/files"),
    ],
)
def test_each_operation_has_its_server(
    package: ModuleType, name: str, url: str
) -> None:
    client = package.Client(transport=Refusing())
    with pytest.raises(Refused, match=url):
        getattr(client.pets, name)()


def test_a_base_url_of_ones_own_is_used_for_all(
    client: Any, server: LoopbackServer
) -> None:
    for _ in range(3):
        server.answer_bytes(b"", None, 204)
    client.pets.list_pets()
    client.pets.list_files()
    client.pets.add_file()
    lines = [seen.line for seen in server.received]
    assert lines == ["GET /pets", "GET /files", "POST /files"]
