"""Parameters, bodies, responses and path items are found where they are defined."""

from __future__ import annotations

import asyncio
from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer

PET = {"id": 2, "mother": {"id": 1}, "a/b~c": "x", "same": "y"}


def test_what_is_referred_to_is_used(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer(PET)
    pet = client.pets.get_pet(2, verbose=True)
    assert server.last.line == "GET /pets/2?verbose=true"
    assert pet.mother.id == 1
    assert pet.to_dict() == PET
    server.answer(PET)
    client.pets.put_pet(2, verbose="very", body=pet)
    assert server.last.line == "PUT /pets/2?verbose=very"
    assert server.last.json == PET
    server.answer_bytes(b'{"title": "no"}', "application/problem+json", 400)
    with pytest.raises(package.StatusError) as caught:
        client.pets.get_pet(2)
    assert caught.value.body == package.models.Problem(title="no")
    with pytest.raises(package.InvalidArgument, match="pet_id"):
        client.pets.get_pet(0)


def test_the_asynchronous_twin_sends_the_same(
    package: ModuleType, server: LoopbackServer
) -> None:
    async def get_pet() -> Any:
        async with package.AsyncClient(base_url=server.url) as client:
            return await client.pets.get_pet(2, verbose=False)

    server.answer(PET)
    assert asyncio.run(get_pet()).to_dict() == PET
    assert server.last.line == "GET /pets/2?verbose=false"
