"""A relative server says no host: the base URL has to be given, path and all."""

from __future__ import annotations

from types import ModuleType

import pytest
from loopback import LoopbackServer


def test_the_base_url_has_no_default(
    package: ModuleType, server: LoopbackServer
) -> None:
    with pytest.raises(TypeError, match="base_url"):
        package.Client()
    server.answer_bytes(b"", None, 204)
    package.Client(base_url=f"{server.url}/api/v2").pets.list_pets()
    assert server.last.line == "GET /api/v2/pets"
