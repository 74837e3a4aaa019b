"""What is sound is used as ever, and what could not be read takes any value."""

from __future__ import annotations

from types import ModuleType

from loopback import LoopbackServer


def test_a_value_of_an_unreadable_schema_is_kept(
    package: ModuleType, server: LoopbackServer
) -> None:
    pet = {"name": "Rex", "owner": {"name": "Ada"}, "age": "old"}
    server.answer(pet)
    with package.Client(base_url=server.url, token="t", retries=0) as client:
        found = client.default.get_pet("1", view="full")
    assert server.last.line == "GET /pets/1?view=full"
    assert (found.owner, found.age) == ({"name": "Ada"}, "old")
    assert found.to_dict() == pet


def test_a_discriminator_loses_only_the_tag_that_leads_nowhere(
    package: ModuleType, server: LoopbackServer
) -> None:
    toys = [{"kind": "ball", "radius": 1.5}, {"kind": "rope", "length": 2}]
    server.answer({"toys": toys})
    with package.Client(base_url=server.url, token="t", retries=0) as client:
        ball, rope = client.default.get_pet("1").toys
    assert (ball.radius, rope.length) == (1.5, 2)
