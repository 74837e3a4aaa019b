"""A schema with a discriminator stands for itself and for what extends it."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer

CAT: dict[str, Any] = {"petType": "cat", "name": "Tom", "lives": 9}
SIAMESE: dict[str, Any] = {"petType": "Siamese", "name": "Si", "pedigree": "old"}
PARROT: dict[str, Any] = {"petType": "Parrot", "name": "Ara", "words": ["hello"]}
FISH: dict[str, Any] = {"petType": "Fish", "name": "Wanda"}
HERDER: dict[str, Any] = {
    "petType": "Worker",
    "name": "Rex",
    "job": "herding",
    "flock": 40,
}
GUIDE: dict[str, Any] = {"petType": "Worker", "name": "Bo", "job": "guiding"}
SNAKE: dict[str, Any] = {"petType": "Snake", "name": "Kaa", "length": 6}


def test_the_tag_says_which_heir_it_is(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    models = package.models
    pets = [CAT, SIAMESE, PARROT, FISH, HERDER, GUIDE, HERDER | {"petType": "Herder"}]
    server.answer(pets)
    decoded = client.pets.list_pets()
    assert [type(pet) for pet in decoded] == [
        models.Cat,
        models.Siamese,
        models.Parrot,
        models.Fish,
        models.Herder,
        models.Worker,
        models.Herder,
    ]
    assert [pet.to_dict() for pet in decoded] == pets
    assert decoded[0].lives == 9


def test_an_unknown_tag_is_read_as_the_parent(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer([SNAKE])
    (pet,) = client.pets.list_pets()
    assert type(pet) is package.models.Pet
    assert pet.extra == {"length": 6}
    assert pet.to_dict() == SNAKE


def test_an_heir_may_hold_any_of_the_family(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    models = package.models
    whole = CAT | {"rival": PARROT, "favourite": None, "friends": [SIAMESE, SNAKE]}
    server.answer([whole])
    (cat,) = client.pets.list_pets()
    assert type(cat.rival) is models.Parrot
    assert cat.favourite is None
    assert [type(friend) for friend in cat.friends] == [models.Siamese, models.Pet]
    assert cat.to_dict() == whole


def test_a_new_heir_says_what_it_is(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    models = package.models
    server.answer(FISH)
    friend = models.Herder(name="Rex", flock=40)
    fish = client.pets.create_pet(body=models.Cat(name="Tom", friends=[friend]))
    herder = {"petType": "Herder", "name": "Rex", "job": "herding", "flock": 40}
    assert server.last.json == {"petType": "cat", "name": "Tom", "friends": [herder]}
    assert fish == models.Fish(name="Wanda")


def test_an_heir_with_heirs_stands_for_these(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    models = package.models
    server.answer(SIAMESE)
    assert type(client.pets.get_cat("1")) is models.Siamese
    server.answer(CAT)
    assert type(client.pets.get_cat("1")) is models.Cat


def test_choices_name_heirs_or_the_parent_too(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    models = package.models
    server.answer(
        {
            "heirs": [CAT, SIAMESE, PARROT],
            "both": [FISH, CAT, SNAKE],
            "named": PARROT | {"petType": "polly"},
        }
    )
    found = client.pets.list_choices()
    kinds = [models.Cat, models.Siamese, models.Parrot]
    assert [type(pet) for pet in found.heirs] == kinds
    kinds = [models.Fish, models.Cat, models.Pet]
    assert [type(pet) for pet in found.both] == kinds
    assert type(found.named) is models.Parrot


def test_an_heir_is_held_to_what_it_requires(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer([{"petType": "Parrot", "name": "Ara"}])
    with pytest.raises(package.DecodeError, match="/0/words"):
        client.pets.list_pets()


def test_without_a_tag_it_is_the_parent_which_may_require_one(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer([{"name": "Ara"}])
    with pytest.raises(package.DecodeError, match="/0/petType"):
        client.pets.list_pets()
