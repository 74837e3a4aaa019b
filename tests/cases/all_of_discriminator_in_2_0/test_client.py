"""In Swagger 2.0 a discriminator is but the name of a property."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from loopback import LoopbackServer


def test_heirs_are_told_apart_both_ways(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    models = package.models
    server.answer({"petType": "little-dog", "size": 2})
    dog = client.pets.put_pet(body=models.Cat(lives=9))
    assert server.last.json == {"petType": "Cat", "lives": 9}
    assert dog == models.Dog(size=2)
    server.answer({"petType": "#bird", "song": "la"})
    bird = client.pets.put_pet(body=dog)
    assert server.last.json == {"petType": "little-dog", "size": 2}
    assert bird == models.Bird(song="la")
    server.answer({"petType": "Fish", "depth": 2})
    fish = client.pets.put_pet(body=bird)
    assert server.last.json == {"petType": "#bird", "song": "la"}
    assert type(fish) is models.Pet
    assert fish.extra == {"depth": 2}
