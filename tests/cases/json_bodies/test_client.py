"""A component is passed whole, an inline object property by property."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer


def send(server: LoopbackServer, call: Any, *arguments: Any, **keywords: Any) -> Any:
    server.answer_bytes(b"", None, 204)
    assert call(*arguments, **keywords) is None
    return server.last


def test_component(package: ModuleType, client: Any, server: LoopbackServer) -> None:
    pet = package.models.Pet(name="é", extra={"colour": "red"})
    seen = send(server, client.bodies.send_component, body=pet)
    assert seen.json == {"name": "é", "colour": "red"}
    assert seen.headers["content-type"] == "application/json"


def test_optional_component(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    call = client.bodies.send_optional_component
    seen = send(server, call)
    assert seen.content == b""
    assert "content-type" not in seen.headers
    seen = send(server, call, body=package.models.Pet(name="Rex"))
    assert seen.json == {"name": "Rex"}
    assert seen.headers["content-type"] == "application/merge-patch+json"


def test_inline(package: ModuleType, client: Any, server: LoopbackServer) -> None:
    call = client.bodies.send_inline
    assert send(server, call, name="Rex").json == {"name": "Rex"}
    pet = package.models.Pet(name="Rex", age=3)
    assert send(server, call, name="Rex", note=None, pet=pet).json == {
        "name": "Rex",
        "note": None,
        "pet": {"name": "Rex", "age": 3},
    }
    count = len(server.received)
    with pytest.raises(package.InvalidArgument, match="name"):
        call(name="too long")
    assert len(server.received) == count


def test_optional_inline(client: Any, server: LoopbackServer) -> None:
    call = client.bodies.send_optional_inline
    assert send(server, call).content == b""
    assert send(server, call, name="").json == {"name": ""}


def test_optional_inline_with_required_properties_is_passed_whole(
    client: Any, server: LoopbackServer
) -> None:
    assert send(server, client.bodies.send_optional_inline_with_required).content == b""


def test_others(package: ModuleType, client: Any, server: LoopbackServer) -> None:
    bodies = client.bodies
    pets = [package.models.Pet(name="Rex")]
    assert send(server, bodies.send_list, body=pets).json == [{"name": "Rex"}]
    assert send(server, bodies.send_list, body=[]).json == []
    assert send(server, bodies.send_map, body={"a": 1}).json == {"a": 1}
    assert send(server, bodies.send_anything, body=[1, {"a": None}]).json == [
        1,
        {"a": None},
    ]
    assert send(server, bodies.send_nullable, body=None).content == b"null"
