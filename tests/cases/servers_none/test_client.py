"""Without servers, the base URL has to be given."""

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
    package.Client(base_url=f"{server.url}/v1/").pets.list_pets()
    assert server.last.line == "GET /v1/pets"
