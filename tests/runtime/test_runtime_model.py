"""Models: from JSON and back without loss, as values, and as plain Python objects."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import math
import pickle
import uuid
from decimal import Decimal

import pytest
from sample_types import Cat, Dog, Home

from oasmith.runtime.errors import DecodeError, InvalidArgument
from oasmith.runtime.model import dump_json, to_json
from oasmith.runtime.unset import UNSET

HOME = {
    "pet": {"kind": "dog", "barks": None, "fleas": 3},
    "pets": [{"kind": "cat", "name": "Tom", "colour": {"r": [1]}}],
    "tags": None,
    "by_name": {"a": None, "b": {"kind": "cat", "name": "B"}},
    "any_of": ["x"],
    "at": [1, 2.5],
    "many": ["a", 1, 2],
    "ok": True,
    "level": 2,
    "nothing": None,
    "id": "12345678-1234-5678-1234-567812345678",
    "price": "1.10",
    "day": "2024-02-29",
    "since": "2017-01-01T00:00:00.120000Z",
    "raw": "aGk=",
    "free": {"deep": [None]},
    "loose": {},
    "size": 10,
    "count": 9007199254740993,
    "class": "c",
    "unknown": [1, {"a": None}],
}


def test_round_trip_loses_nothing() -> None:
    home = Home.from_dict(HOME)
    assert to_json(home) == HOME
    assert home.to_dict() == HOME
    assert isinstance(home.pet, Dog) and home.pet.extra == {"fleas": 3}
    assert home.class_ == "c" and home.extra == {"unknown": [1, {"a": None}]}


def test_absent_null_and_value_are_told_apart() -> None:
    assert Dog.from_dict({"kind": "dog"}).barks is UNSET
    assert Dog.from_dict({"kind": "dog", "barks": None}).barks is None
    assert Dog(kind="dog").to_dict() == {"kind": "dog"}
    assert Dog(kind="dog", barks=None).to_dict() == {"kind": "dog", "barks": None}
    assert not UNSET and repr(UNSET) == "UNSET"
    assert pickle.loads(pickle.dumps(UNSET)) is UNSET
    assert copy.deepcopy(UNSET) is UNSET


def test_typed_further_properties() -> None:
    with pytest.raises(DecodeError) as caught:
        Dog.from_dict({"kind": "dog", "fleas": "many"})
    assert caught.value.pointer == "/fleas"
    assert Dog.from_dict({"kind": "dog"}).extra == {}


def test_what_is_read_is_not_changed() -> None:
    data = {"kind": "cat", "name": "Tom", "more": 1}
    cat = Cat.from_dict(data)
    cat.extra["other"] = 2
    assert data == {"kind": "cat", "name": "Tom", "more": 1}
    assert cat.to_dict() == {"kind": "cat", "name": "Tom", "more": 1, "other": 2}


def test_a_field_wins_over_its_name_in_extra() -> None:
    cat = Cat(
        kind="cat", name="Tom", extra={"name": "other", "at": dt.date(2024, 1, 2)}
    )
    assert cat.to_dict() == {"kind": "cat", "name": "Tom", "at": "2024-01-02"}


def test_models_are_values() -> None:
    home = Home.from_dict(HOME)
    for other in (
        copy.copy(home),
        copy.deepcopy(home),
        pickle.loads(pickle.dumps(home)),
        dataclasses.replace(home),
        Home.from_dict(HOME),
    ):
        assert other == home
    assert dataclasses.replace(home, ok=UNSET) != home
    assert Cat(kind="cat", name="a") != Cat(kind="cat", name="a", extra={"b": 1})


def test_repr_shows_what_is_set() -> None:
    assert repr(Dog(kind="dog")) == "Dog(kind='dog')"
    assert repr(Dog(kind="dog", barks=None, extra={"a": 1})) == (
        "Dog(kind='dog', barks=None, extra={'a': 1})"
    )


def test_refuses_what_is_no_object() -> None:
    with pytest.raises(DecodeError, match="expected an object, got an array"):
        Cat.from_dict([])


def test_arguments_as_json() -> None:
    value = {
        "unset": UNSET,
        "when": dt.datetime(2017, 1, 1, tzinfo=dt.UTC),
        "day": dt.date(2017, 1, 2),
        "time": dt.time(1, 2),
        "id": uuid.UUID(int=1),
        "price": Decimal("1E+2"),
        "raw": b"hi",
        "cats": (Cat(kind="cat", name="é"),),
    }
    assert dump_json(value) == (
        '{"when":"2017-01-01T00:00:00Z","day":"2017-01-02","time":"01:02:00",'
        '"id":"00000000-0000-0000-0000-000000000001","price":"100","raw":"aGk=",'
        '"cats":[{"kind":"cat","name":"\\u00e9"}]}'
    )


@pytest.mark.parametrize("value", [math.nan, math.inf, {1, 2}, [UNSET], Decimal("NaN")])
def test_what_json_can_not_hold_is_refused(value: object) -> None:
    with pytest.raises(InvalidArgument):
        dump_json([value])


def test_a_value_within_itself_is_refused() -> None:
    value: list[object] = []
    value.append(value)
    with pytest.raises(InvalidArgument, match="nested too deeply"):
        dump_json(value)
