"""Decoders: what they take, what they refuse, and where they say it is."""

from __future__ import annotations

import datetime as dt
import pickle
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sample_types import Cat, Dog

from oasmith.runtime import decode, structures, values
from oasmith.runtime.errors import DecodeError
from oasmith.runtime.structures import (
    constant,
    items_of,
    list_of,
    map_of,
    nullable,
    one_of,
    tagged,
)
from oasmith.runtime.unset import UNSET
from oasmith.runtime.values import decode_int, decode_str

UTC = dt.UTC
CAT = {"kind": "cat", "name": "Tom"}
PAIR = items_of(decode_str, decode_int, rest=decode_str)


@pytest.mark.parametrize(
    ("decoder", "value", "expected"),
    [
        (values.decode_any, None, None),
        (values.decode_null, None, None),
        (values.decode_bool, False, False),
        (values.decode_str, "", ""),
        (values.decode_int, 1.0, 1),
        (values.decode_int, 2**70, 2**70),
        (values.decode_float, 2**70, 2**70),
        (values.decode_float, 1.5, 1.5),
        (values.decode_date, "2024-02-29", dt.date(2024, 2, 29)),
        (values.decode_time, "10:20:30Z", dt.time(10, 20, 30, tzinfo=UTC)),
        (values.decode_uuid, str(uuid.UUID(int=7)), uuid.UUID(int=7)),
        (values.decode_bytes, "aGk=", b"hi"),
        (values.decode_bytes, "aG\r\nk=", b"hi"),
        (values.decode_decimal, "1.10", Decimal("1.10")),
        (values.decode_object, {"a": 1}, {"a": 1}),
        (values.decode_array, [1, "a"], [1, "a"]),
        (
            values.decode_datetime,
            "2017-01-01T00:00:00Z",
            dt.datetime(2017, 1, 1, tzinfo=UTC),
        ),
        (
            values.decode_datetime,
            "2017-01-01t00:00:00z",
            dt.datetime(2017, 1, 1, tzinfo=UTC),
        ),
        (values.decode_datetime, "2017-01-01T00:00:00", dt.datetime(2017, 1, 1)),
        (list_of(decode_int), [1, 2.0], [1, 2]),
        (map_of(decode_int), {"a": 1}, {"a": 1}),
        (PAIR, ["a", 1], ["a", 1]),
        (PAIR, ["a"], ["a"]),
        (PAIR, ["a", 1, "b", "c"], ["a", 1, "b", "c"]),
        (nullable(decode_int), None, None),
        (constant(1), 1.0, 1),
        (constant("a"), "a", "a"),
        (constant(None), None, None),
        (one_of(decode_int, decode_str), "a", "a"),
        (one_of(Cat.from_dict, Dog.from_dict), {"kind": "dog"}, Dog(kind="dog")),
        (tagged("kind", {"cat": Cat.from_dict}), CAT, Cat(kind="cat", name="Tom")),
    ],
)
def test_takes(
    decoder: Callable[[object], Any], value: object, expected: object
) -> None:
    assert decoder(value) == expected
    assert isinstance(decoder(value), type(expected))
    assert isinstance(expected, bool) == isinstance(decoder(value), bool)


@pytest.mark.parametrize(
    ("decoder", "value", "message"),
    [
        (values.decode_any, UNSET, "expected a value, got nothing"),
        (values.decode_null, 0, "expected null, got an integer"),
        (values.decode_bool, 1, "expected a boolean, got an integer"),
        (values.decode_int, True, "expected an integer, got true"),
        (values.decode_int, 1.5, "expected an integer, got a number"),
        (values.decode_float, False, "expected a number, got false"),
        (values.decode_str, None, "expected a string, got null"),
        (
            values.decode_datetime,
            "2017-01-01",
            "expected an RFC 3339 date-time, got a string",
        ),
        (values.decode_datetime, 5, "expected an RFC 3339 date-time, got an integer"),
        (values.decode_date, "2017-W01-1", "expected an RFC 3339 date, got a string"),
        (values.decode_uuid, "7", "expected a UUID, got a string"),
        (values.decode_bytes, "a*b=", "expected base64, got a string"),
        (
            values.decode_decimal,
            "NaN",
            "expected a decimal number in a string, got a string",
        ),
        (list_of(decode_int), [1, "a"], "at /1: expected an integer, got a string"),
        (
            map_of(decode_int),
            {"a/b": []},
            "at /a~1b: expected an integer, got an array",
        ),
        (PAIR, ["a", 1, 2], "at /2: expected a string, got an integer"),
        (PAIR, ["a", "b"], "at /1: expected an integer, got a string"),
        (constant(True), 1, "expected true, got an integer"),
        (constant(1), True, "expected an integer, got true"),
        (constant("a"), "b", 'expected "a", got a string'),
        (
            one_of(decode_int, decode_str),
            [],
            "expected an integer or a string, got an array",
        ),
        (
            one_of(decode_int, list_of(Cat.from_dict)),
            [{"kind": "cat"}],
            "at /0/name: expected a string, got nothing",
        ),
        (
            tagged("kind", {"cat": Cat.from_dict}),
            {},
            'at /kind: expected "cat", got nothing',
        ),
        (
            tagged("kind", {"cat": Cat.from_dict}),
            {"kind": "cow"},
            'at /kind: expected "cat", got another string',
        ),
    ],
)
def test_refuses(decoder: Callable[[object], Any], value: object, message: str) -> None:
    with pytest.raises(DecodeError) as caught:
        decoder(value)
    assert str(caught.value) == message


READERS: dict[str, tuple[object, object]] = {
    "str": ("a", 1),
    "int": (1, True),
    "float": (1.5, "1.5"),
    "bool": (False, 0),
    "datetime": ("2017-01-01T00:00:00Z", "soon"),
}


@pytest.mark.parametrize("kind", READERS)
def test_property_readers(kind: str) -> None:
    good, bad = READERS[kind]
    required = getattr(decode, f"required_{kind}")
    optional = getattr(decode, f"optional_{kind}")
    for read in (required, optional):
        data = {"key": good, "other": 1}
        assert read(data, "key") == getattr(values, f"decode_{kind}")(good)
        assert data == {"other": 1}
        for wrong in (bad, None):
            with pytest.raises(DecodeError) as caught:
                read({"key": wrong}, "key")
            assert caught.value.pointer == "/key"
    assert optional({}, "key") is UNSET
    with pytest.raises(DecodeError, match="got nothing"):
        required({}, "key")


def test_a_reader_of_integers_takes_whole_floats() -> None:
    assert type(decode.required_int({"a": 800.0}, "a")) is int
    assert type(decode.optional_int({"a": 800.0}, "a")) is int


def test_reading_what_is_left() -> None:
    data = {"a": 1.0, "b": 2}
    decode.decode_rest(data, decode_int)
    assert data == {"a": 1, "b": 2} and type(data["a"]) is int
    with pytest.raises(DecodeError) as caught:
        decode.decode_rest({"a": "x"}, decode_int)
    assert caught.value.pointer == "/a"


@pytest.mark.parametrize(
    "text",
    [
        "2017-01-01T00:00:00Z",
        "2017-01-01T00:00:00.12Z",
        "2017-01-01T00:00:00.123456789+01:00",
        "2017-01-01t00:00:00z",
        "2017-01-01T00:00:00+00:00",
    ],
)
def test_a_date_time_is_written_back_as_it_came(text: str) -> None:
    moment = values.decode_datetime(text)
    assert values.spell(moment) == text
    assert repr(moment).startswith("datetime.datetime(2017, 1, 1, 0, 0")
    later = moment + dt.timedelta(days=1)
    assert values.spell(later).startswith("2017-01-02T00:00:00")
    assert pickle.loads(pickle.dumps(moment)) == moment


def test_the_variant_that_knows_most_is_meant() -> None:
    """Both take both, as neither requires anything but the kind."""
    decode_pet = one_of(Dog.from_dict, Cat.from_dict)
    loose = {"kind": "cat", "name": "Tom", "unknown": 1}
    assert isinstance(decode_pet(loose), Cat)


def test_a_failed_alternative_leaves_no_trace() -> None:
    data = {"kind": "dog", "name": "Tom", "barks": 3}
    with pytest.raises(DecodeError):
        structures.one_of(Cat.from_dict, Dog.from_dict)(data)
    assert data == {"kind": "dog", "name": "Tom", "barks": 3}
