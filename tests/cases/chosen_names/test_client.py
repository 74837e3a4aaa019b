"""Chosen names change nothing of what goes over the wire."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from loopback import LoopbackServer


def test_a_call_by_chosen_names(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer({"id": "tom", "st": "new"})
    pet = client.pets.get_pet(pet_id="tom", order="up")
    assert server.last.line == "GET /pets/tom?ord=up"
    assert isinstance(pet, package.models.Pet)
    assert pet.state == "new"
    assert pet.to_dict() == {"id": "tom", "st": "new"}
