"""Whatever succeeds is taken, and an error is still an error."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer


def test_any_answer_is_taken(client: Any, server: LoopbackServer) -> None:
    server.answer({"name": "Rex"}, 201)
    assert client.pets.add_pet() is None
    assert server.last.line == "POST /pets"


def test_errors_are_raised(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer({"title": "no"}, 418)
    with pytest.raises(package.StatusError):
        client.pets.remove_pets()
