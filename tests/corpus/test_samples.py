"""Samples are valid, and reach what they should: the sampler on small schemas."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

pytest.importorskip("jsonschema_rs", reason="samples are checked with jsonschema-rs")

from .definitions import Definitions, NotUnderstood
from .patterns import NoMatch, sample_pattern
from .same_json import first_difference, is_respelled, is_same
from .sample import Sampler
from .validity import Judge

_POINTER = "/components/schemas/Pet"


def _samples(version: str, **schemas: Any) -> list[Any]:
    definitions = Definitions({"openapi": version, "components": {"schemas": schemas}})
    definitions.add(_POINTER)
    validator = Judge(definitions).validator([_POINTER])
    sampler = Sampler(definitions, Random(1))
    found = [sampler.sample([_POINTER], "mixed") for _ in range(60)]
    assert all(map(validator.is_valid, found))
    return found


def test_nullable_of_3_0_and_bounds_that_are_exclusive() -> None:
    age = {"type": "integer", "minimum": 0, "exclusiveMinimum": True, "nullable": True}
    pet = {"type": "object", "properties": {"age": age}, "required": ["age"]}
    ages = [each["age"] for each in _samples("3.0.3", Pet=pet)]
    assert None in ages
    assert all(age > 0 for age in ages if age is not None)


def test_parts_of_all_of_are_joined() -> None:
    name = {
        "type": "object",
        "properties": {"name": {"type": "string", "minLength": 3}},
    }
    pet = {"allOf": [{"$ref": "#/components/schemas/Named"}, {"required": ["name"]}]}
    assert all(
        len(each["name"]) >= 3 for each in _samples("3.1.0", Pet=pet, Named=name)
    )


def test_discriminators_see_the_names_of_what_was_chosen() -> None:
    kind = {"type": "object", "properties": {"kind": {"type": "string"}}}
    cat = kind | {"required": ["kind", "lives"]}
    dog = kind | {"required": ["kind", "owner"]}
    refs = [{"$ref": f"#/components/schemas/{name}"} for name in ("Cat", "Dog")]
    mapping = {"woof": "#/components/schemas/Dog"}
    tag = {"propertyName": "kind", "mapping": mapping}
    found = _samples(
        "3.1.0", Pet={"anyOf": refs, "discriminator": tag}, Cat=cat, Dog=dog
    )
    assert {each["kind"] for each in found} == {"Cat", "woof"}
    assert all("lives" in each for each in found if each["kind"] == "Cat")


def test_recursion_ends() -> None:
    children = {"type": "array", "items": {"$ref": f"#{_POINTER}"}}
    pet = {"type": "object", "properties": {"children": children}}
    assert any(each.get("children") for each in _samples("3.1.0", Pet=pet))


def test_what_is_elsewhere_is_not_understood() -> None:
    with pytest.raises(NotUnderstood, match="a reference to elsewhere"):
        _samples("3.1.0", Pet={"$ref": "pets.yaml"})


@pytest.mark.parametrize(
    "pattern",
    [r"^[a-z]+$", r"^(foo|ba{2,}r)?x$", r"\d{4}-[^/\s]", r"^#(?:[0-9a-f]{3}){1,2}$"],
)
def test_patterns_are_matched(pattern: str) -> None:
    assert len({sample_pattern(Random(seed), pattern) for seed in range(20)}) > 1


def test_patterns_that_look_ahead_are_not_known() -> None:
    with pytest.raises(NoMatch):
        sample_pattern(Random(1), "^(?!a).*$")


def test_values_are_compared_as_json_has_them() -> None:
    assert is_same({"a": [1, None]}, {"a": [1.0, None]})
    assert not is_same(True, 1)
    assert is_respelled(
        ["2024-03-01T08:05:00.120Z"], ["2024-03-01T08:05:00.120000+00:00"]
    )
    assert not is_respelled("a", "b")
    assert first_difference({"a": [1, 2]}, {"a": [1, 3]}) == "at /a/1: 2 became 3"
