"""A range in lower case works as one in upper case."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer


def test_the_range_is_read(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer({"title": "no"}, 418)
    with pytest.raises(package.StatusError) as caught:
        client.pets.list_pets()
    assert caught.value.body == package.models.Problem(title="no")
