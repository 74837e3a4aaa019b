"""A parameter with a media type is sent as a document of it."""

from __future__ import annotations

import json
from types import ModuleType
from typing import Any
from urllib.parse import unquote

from loopback import LoopbackServer


def test_parameters_are_json(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer_bytes(b"", None, 204)
    wanted = package.models.Filter(name="a&é", sizes=[1, 2])
    client.filters.list_filtered([1.5, 2], filter=wanted, x_filter=wanted)
    path, _, query = server.last.line.removeprefix("GET ").partition("?")
    assert unquote(path) == "/filters/[1.5,2]"
    assert "&" not in query
    assert json.loads(unquote(query.removeprefix("filter="))) == wanted.to_dict()
    assert json.loads(server.last.headers["x-filter"]) == wanted.to_dict()
