"""Objects of two modules that hold each other are read to any depth."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer

ANN: dict[str, Any] = {
    "name": "Ann",
    "home": {
        "owner": {"name": "Bob", "friends": [{"name": "Cid", "friends": []}]},
        "guests": {"today": {"name": "Dee"}},
        "notes": [[], [[], []]],
    },
}


def test_objects_hold_each_other(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer(ANN)
    ann = client.people.get_person(1)
    assert server.last.line == "GET /people/1"
    assert isinstance(ann.home, package.models.House)
    assert ann.home.owner.friends[0].name == "Cid"
    assert ann.home.guests["today"] == package.models.Person(name="Dee")
    assert ann.home.notes == [[], [[], []]]
    assert ann.to_dict() == ANN


def test_the_place_of_a_fault_is_told_at_any_depth(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer({"name": "Ann", "home": {"owner": {"name": "Bob", "friends": [{}]}}})
    with pytest.raises(package.DecodeError, match="/home/owner/friends/0/name"):
        client.people.get_person(1)
