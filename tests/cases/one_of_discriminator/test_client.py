"""A discriminator tells the variants apart, by its mapping or by their names."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer

EVENTS = [
    {"kind": "user.created", "name": "Ann"},
    {"kind": "user.added", "name": "Bob"},
    {"kind": "user.deleted", "name": "kept, though no property of this variant"},
]


def test_a_mapping_decides(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    models = package.models
    server.answer(EVENTS)
    events = client.events.list_events()
    kinds = [models.UserCreated, models.UserCreated, models.UserDeleted]
    assert [type(event) for event in events] == kinds
    assert [event.to_dict() for event in events] == EVENTS


def test_the_name_of_a_schema_decides(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    models = package.models
    server.answer({"type": "Square", "side": 2})
    circle = models.Circle(type="Circle", radius=1.5)
    square = client.events.create_shape(body=circle)
    assert server.last.json == {"type": "Circle", "radius": 1.5}
    assert square == models.Square(type="Square", side=2)


def test_a_tag_that_is_not_known_is_an_error(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer([*EVENTS, {"kind": "user.renamed"}])
    with pytest.raises(package.DecodeError, match="/3/kind"):
        client.events.list_events()
