"""Absent, null and a value are told apart, both ways; what is unknown is kept."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer

PET: dict[str, Any] = {
    "id": 7,
    "name": "Rex",
    "owner": None,
    "weight": 4.5,
    "vaccinated": True,
    "nickname": None,
    "tags": ["good", "boy"],
    "home": {"city": "Oslo", "floor": 3},
    "misc": [1, {"two": None}],
    "colour": "brown",
}


def test_what_is_given_is_sent(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    models = package.models
    server.answer(PET)
    client.pets.create_pet(
        body=models.Pet(
            id=7, name="Rex", owner=None, home=models.PetHome(city="Oslo"), tags=[]
        )
    )
    assert server.last.line == "POST /pets"
    assert server.last.headers["content-type"] == "application/json"
    assert server.last.json == {
        "id": 7,
        "name": "Rex",
        "owner": None,
        "tags": [],
        "home": {"city": "Oslo"},
    }


def test_what_is_answered_is_read_and_written_back(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer(PET)
    pet = client.pets.create_pet(body=package.models.Pet(id=1, name="", owner="me"))
    assert isinstance(pet.home, package.models.PetHome)
    assert (pet.id, pet.weight, pet.nickname, pet.tags) == (7, 4.5, None, PET["tags"])
    assert pet.extra == {"colour": "brown"}
    assert pet.home.extra == {"floor": 3}
    assert pet.home.street is package.UNSET
    assert pet.to_dict() == PET


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": "7"}, "/id"),
        ({"name": None}, "/name"),
        ({"weight": True}, "/weight"),
        ({"tags": [1]}, "/tags/0"),
        ({"home": {}}, "/home/city"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    package: ModuleType,
    client: Any,
    server: LoopbackServer,
    change: dict[str, Any],
    message: str,
) -> None:
    server.answer(PET | change)
    with pytest.raises(package.DecodeError, match=message):
        client.pets.create_pet(body=package.models.Pet(id=1, name="", owner=None))
