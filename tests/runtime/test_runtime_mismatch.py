"""A client that is told to go on keeps what is not as promised."""

from __future__ import annotations

import pickle
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from calling import client_for, fails, operation
from sample_types import Cat
from scripted_server import Server, reply

from oasmith.runtime.answers import read_json
from oasmith.runtime.decode import (
    optional,
    optional_datetime,
    required,
    required_int,
    required_str,
)
from oasmith.runtime.errors import DecodeError
from oasmith.runtime.mismatch import decode_patiently
from oasmith.runtime.model import Model
from oasmith.runtime.response import Response
from oasmith.runtime.streams import read_events, read_lines
from oasmith.runtime.structures import (
    constant,
    items_of,
    list_of,
    map_of,
    nullable,
    one_of,
    tagged,
    tuple_of,
)
from oasmith.runtime.values import (
    decode_date,
    decode_decimal,
    decode_int,
    decode_null,
    decode_str,
    decode_uuid,
)


def patiently(decode: Any, value: Any) -> tuple[Any, list[tuple[str, str, str]]]:
    told: list[tuple[str, str, str]] = []

    def note(error: DecodeError) -> None:
        told.append((error.pointer, error.expected, error.got))

    return decode_patiently(decode, value, note), told


@pytest.mark.parametrize(
    ("decode", "value", "told"),
    [
        (decode_int, "1", [("", "an integer", "a string")]),
        (decode_null, 1, [("", "null", "an integer")]),
        (decode_date, "soon", [("", "an RFC 3339 date", "a string")]),
        (decode_uuid, 7, [("", "a UUID", "an integer")]),
        (decode_decimal, [], [("", "a decimal number in a string", "an array")]),
        (list_of(decode_int), {}, [("", "an array", "an object")]),
        (
            list_of(decode_int),
            [1, "2", None],
            [("/1", "an integer", "a string"), ("/2", "an integer", "null")],
        ),
        (
            map_of(list_of(decode_int)),
            {"a": ["x"]},
            [("/a/0", "an integer", "a string")],
        ),
        (nullable(decode_int), "x", [("", "an integer", "a string")]),
        (constant("a"), "b", [("", '"a"', "a string")]),
        (tuple_of(decode_int, decode_str), [1], [("", "2 items", "1 of them")]),
        (
            items_of(decode_int, rest=decode_str),
            ["a", 1],
            [
                ("/0", "an integer", "a string"),
                ("/1", "a string", "an integer"),
            ],
        ),
        (
            one_of(decode_int, decode_str),
            [],
            [("", "an integer or a string", "an array")],
        ),
        (
            tagged("kind", {"cat": map_of(decode_str)}),
            {"kind": "dog", "name": 1},
            [("/kind", '"cat"', "another string")],
        ),
        (
            tagged("kind", {"cat": map_of(decode_str)}),
            {},
            [("/kind", '"cat"', "nothing")],
        ),
        (
            tagged("kind", {"cat": map_of(decode_str)}),
            {"kind": "cat", "name": 1},
            [("/name", "a string", "an integer")],
        ),
    ],
)
def test_values_are_kept(decode: Any, value: Any, told: Any) -> None:
    decoded, found = patiently(decode, deepcopy(value))
    assert found == told
    assert decoded == value


class Pet(Model):
    __slots__ = ("age", "born", "name", "parents")

    def _read(self, data: dict[str, Any]) -> None:
        self.name = required_str(data, "name")
        self.age = required_int(data, "age")
        self.born = optional_datetime(data, "born")
        self.parents = optional(data, "parents", list_of(Pet.from_dict))


def test_objects() -> None:
    pet, told = patiently(
        Pet.from_dict,
        {"name": None, "born": 5, "parents": ["x", {"name": "a", "age": 1}], "z": 1},
    )
    assert (pet.name, pet.born, pet.parents[0]) == (None, 5, "x")
    assert pet.parents[1].name == "a"
    assert pet.extra == {"z": 1}
    assert told == [
        ("/name", "a string", "null"),
        ("/age", "an integer", "nothing"),
        ("/born", "an RFC 3339 date-time", "an integer"),
        ("/parents/0", "an object", "a string"),
    ]
    assert "age" not in pet.to_dict()


def test_what_is_no_object() -> None:
    assert patiently(Pet.from_dict, "x")[0] == "x"
    assert patiently(lambda value: required({"a": value}, "a", decode_int), 1)[0] == 1


def test_not_everything_is_kept() -> None:
    told: list[DecodeError] = []
    with pytest.raises(DecodeError):
        decode_patiently(list_of(decode_int), ["x"] * 101, told.append)
    assert len(told) == 100

    def decode(value: object) -> int:
        raise DecodeError("this", "that")

    with pytest.raises(DecodeError):
        decode_patiently(decode, 1, told.append)


def test_a_client_that_goes_on(server: Server) -> None:
    told: list[str] = []
    strict = client_for(server)
    client = strict.with_options(on_mismatch=lambda error: told.append(str(error)))
    wrong = b'{"kind":"cat","name":7}'
    server.answers = [reply(wrong), reply(wrong), reply(b"<p>")]
    op = replace(operation(), responses={"200": read_json(Cat.from_dict)})
    cat = client.send(op, op.request({"id": 1}))
    assert cat.name == 7
    assert told == ["op (GET /x/{id}): at /name: expected a string, got an integer"]
    fails(DecodeError, lambda: strict.send(op, op.request({"id": 1})))
    fails(DecodeError, lambda: client.send(op, op.request({"id": 1})))


def test_items_of_a_stream() -> None:
    told: list[DecodeError] = []
    response = Response(200, {}, b'1\n"a"\n')
    response.on_mismatch = told.append
    assert list(read_lines(decode_int)(response)) == [1, "a"]
    assert [(error.response, error.pointer) for error in told] == [(response, "/1")]
    told.clear()
    response = Response(200, {}, b'data: 1\n\ndata: ["a"]\n\n')
    response.on_mismatch = told.append
    events = list(read_events(list_of(decode_int))(response))
    assert [event.data for event in events] == [1, ["a"]]
    assert [error.pointer for error in told] == ["/0/data", "/1/data/0"]


def test_a_response_that_is_pickled_leaves_its_client_behind() -> None:
    response = Response(200, {"a": "b"}, b"c")
    response.on_mismatch = lambda error: None
    again = pickle.loads(pickle.dumps(response))
    assert (again.status, again.headers, again.content) == (200, {"a": "b"}, b"c")
    assert again.on_mismatch is None
