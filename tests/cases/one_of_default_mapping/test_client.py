"""The default of a discriminator reads what has no tag, or one that is not known."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer

PETS = [
    {"petType": "dog", "barks": True},
    {"petType": "Cat", "indoor": False},
    {"petType": "hamster", "name": "Ham", "wheel": "kept"},
    {"name": "Nobody"},
    {"petType": "OtherPet", "name": "called by its name"},
]
NOTES = [
    {"form": "text", "text": "fed"},
    {"form": "drawing", "strokes": [1, 2]},
    {},
]
WORKERS = [
    {"role": "walker", "name": "Ann", "route": "park"},
    {"role": "cook", "name": "Bob", "hours": 3},
    {"name": "Cleo"},
]


def test_what_no_tag_tells_is_the_default(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    models = package.models
    server.answer(PETS)
    pets = client.pets.list_pets()
    kinds = [models.Dog, models.Cat, *[models.OtherPet] * 3]
    assert [type(pet) for pet in pets] == kinds
    assert [pet.to_dict() for pet in pets] == PETS
    assert pets[2].pet_type == "hamster"
    assert pets[3].pet_type is package.UNSET


def test_a_tag_that_is_not_known_goes_back_as_it_came(
    client: Any, server: LoopbackServer
) -> None:
    server.answer(PETS)
    pets = client.pets.list_pets()
    server.answer(PETS[2])
    assert client.pets.create_pet(body=pets[2]) == pets[2]
    assert server.last.json == PETS[2]
    server.answer(PETS[3])
    client.pets.create_pet(body=pets[3])
    assert server.last.json == PETS[3]


def test_the_default_is_held_to_its_schema(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer([{"petType": "hamster"}])
    with pytest.raises(package.DecodeError, match="/0/name"):
        client.pets.list_pets()


def test_the_default_may_be_any_object(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer(NOTES)
    text, *others = client.notes.list_notes()
    assert text == package.models.TextNote(form="text", text="fed")
    assert others == NOTES[1:]


def test_heirs_of_a_parent_may_be_its_default(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    models = package.models
    server.answer(WORKERS)
    workers = client.workers.list_workers()
    kinds = [models.Walker, models.Helper, models.Helper]
    assert [type(worker) for worker in workers] == kinds
    assert [worker.to_dict() for worker in workers] == WORKERS
    assert models.Helper(name="Dan").to_dict() == {"name": "Dan"}
