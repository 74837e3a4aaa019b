"""Unions without a discriminator are told apart by what is in them."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer


def read(client: Any, server: LoopbackServer, **things: object) -> Any:
    server.answer(things)
    found = client.things.get_things()
    assert found.to_dict() == things
    return found


def test_a_constant_decides(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    things = read(client, server, pet={"kind": "dog", "lives": 9})
    assert type(things.pet) is package.models.Dog
    assert things.pet.extra == {"lives": 9}
    things = read(client, server, pet={"kind": "cat", "lives": 9})
    assert things.pet == package.models.Cat(kind="cat", lives=9)


def test_required_properties_decide(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    letter = {"street": "1", "city": "Oslo", "email": "a@example.org"}
    assert type(read(client, server, address=letter).address) is package.models.Letter
    email = {"email": "a@example.org", "city": "Oslo"}
    assert type(read(client, server, address=email).address) is package.models.Email


def test_inline_objects_get_names_of_their_own(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    left = read(client, server, inline={"left": 1}).inline
    right = read(client, server, inline={"right": 1}).inline
    assert (left.left, right.right) == (1, 1)
    assert type(left) is not type(right)


@pytest.mark.parametrize("value", ["1", 1, True, "", 0, False])
def test_a_scalar_keeps_its_type(
    client: Any, server: LoopbackServer, value: object
) -> None:
    scalar = read(client, server, scalar=value).scalar
    assert (type(scalar), scalar) == (type(value), value)


@pytest.mark.parametrize("value", ["a", ["a", "b"], []])
def test_one_or_many(client: Any, server: LoopbackServer, value: object) -> None:
    assert read(client, server, **{"one or many": value}).one_or_many == value


@pytest.mark.parametrize(
    ("things", "place"),
    [
        ({"pet": {"kind": "cow"}}, "/pet/kind"),
        ({"address": {"street": "1"}}, "/address"),
        ({"scalar": 1.5}, "/scalar"),
        ({"one or many": ["a", 1]}, "/one or many/1"),
    ],
)
def test_what_no_variant_takes_is_an_error(
    package: ModuleType,
    client: Any,
    server: LoopbackServer,
    things: dict[str, Any],
    place: str,
) -> None:
    server.answer(things)
    with pytest.raises(package.DecodeError, match=place):
        client.things.get_things()
