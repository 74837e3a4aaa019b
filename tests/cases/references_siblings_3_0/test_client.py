"""In OpenAPI 3.0 what stands beside a reference is ignored."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer


def test_the_reference_alone_counts(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer_bytes(b"", "text/plain", 204)
    client.default.list_pets(limit=9, offset=9)
    assert server.last.line == "GET /pets?limit=9&offset=9"
    for name in ("limit", "offset"):
        with pytest.raises(package.InvalidArgument, match=name):
            client.default.list_pets(**{name: 10})
