"""Templates of the user: what they add is there, and all else works as it does."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from loopback import LoopbackServer


def test_what_they_add(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    from templates.api.pets.get_pet import PATH

    assert PATH == "/pets/{id}"
    server.answer({"id": "tom", "name": "Tom"})
    pet = client.pets.get_pet("tom")
    assert server.last.line == "GET /pets/tom"
    assert str(pet) == "Pet with id=tom, name=Tom"
