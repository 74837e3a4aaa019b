"""The server's defaults are its own affair: they are never sent, and never made up."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from loopback import LoopbackServer


def test_what_is_not_given_is_not_sent(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer({})
    found = client.searches.search()
    assert server.last.line == "POST /searches"
    assert server.last.json == {}
    assert found.total is found.next is package.UNSET
    assert found.to_dict() == {}


def test_a_default_that_is_given_is_sent(client: Any, server: LoopbackServer) -> None:
    server.answer({"total": 0, "next": None})
    found = client.searches.search(limit=20, order="asc", exact=False, text="")
    assert server.last.line == "POST /searches?limit=20&order=asc&exact=false"
    assert server.last.json == {"text": ""}
    assert found.to_dict() == {"total": 0, "next": None}
