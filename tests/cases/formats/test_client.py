"""Strings with a format become what Python has for it, and go back as they came."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from decimal import Decimal
from types import ModuleType
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from loopback import LoopbackServer

VALUES: dict[str, Any] = {
    "moment": "2024-02-29T12:30:00.250000Z",
    "day": "2024-02-29",
    "hour": "12:30:00",
    "id": "f174e90a-fafe-4643-bbbc-4a0ed4fc8415",
    "data": "AP/+",
    "code": "AP/+",
    "picture": "AAE=",
    "address": "AP_-",
    "price": "12.50",
    "small": 1,
    "large": 9007199254740993,
    "single": 0.5,
    "double": 1e300,
    "email": "a@example.org",
    "link": "https://example.org/",
    "odd": "odd",
    "days": ["2024-02-29", "2024-03-01"],
}
DAY = dt.date(2024, 2, 29)
MOMENT = dt.datetime(2024, 2, 29, 12, 30, 0, 250_000, dt.UTC)
ID = UUID(VALUES["id"])


def test_values_are_read_and_written_back(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer(VALUES)
    values = client.values.put_values(DAY, body=package.models.Values(moment=MOMENT))
    assert server.last.json == {"moment": VALUES["moment"]}
    assert (values.moment, values.day, values.hour) == (MOMENT, DAY, dt.time(12, 30))
    assert (values.id, values.data) == (ID, b"\x00\xff\xfe")
    assert (values.code, values.picture) == (b"\x00\xff\xfe", b"\x00\x01")
    assert values.address == "AP_-"
    assert (values.price, values.large) == (Decimal("12.50"), 2**53 + 1)
    assert values.days == [DAY, DAY + dt.timedelta(days=1)]
    assert values.to_dict() == VALUES


def test_arguments_are_written_as_in_json(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer({})
    client.values.put_values(
        DAY,
        since=MOMENT,
        id=ID,
        price=Decimal("1E+2"),
        x_digest=b"\xff\xfe",
        body=package.models.Values(),
    )
    since = "2024-02-29T12%3A30%3A00.250000Z"
    query = f"since={since}&id={ID}&price=100"
    assert server.last.line == f"PUT /values/2024-02-29?{query}"
    assert server.last.headers["x-digest"] == "//4="


@pytest.mark.parametrize(
    "spelled",
    [ID.hex, str(ID).upper(), f"{{{ID}}}", ID.urn, f"urn:{ID.hex}"],
)
def test_a_uuid_is_written_back_as_it_came(
    package: ModuleType, client: Any, server: LoopbackServer, spelled: str
) -> None:
    server.answer({"id": spelled})
    values = client.values.put_values(DAY, id=ID, body=package.models.Values())
    assert (values.id, hash(values.id), repr(values.id)) == (ID, hash(ID), repr(ID))
    assert str(values.id) == str(ID)
    for same in (values, copy.deepcopy(values), pickle.loads(pickle.dumps(values))):
        assert same.id == ID
    assert values.to_dict() == {"id": spelled}
    server.answer({})
    client.values.put_values(DAY, id=values.id, body=values)
    assert server.last.json == {"id": spelled}
    assert server.last.line.endswith("?id=" + quote(spelled, safe=""))


@pytest.mark.parametrize(
    "change",
    [
        {"moment": "yesterday"},
        {"day": "2024-02-30"},
        {"hour": "25:00:00"},
        {"id": "f174e90a"},
        {"data": "?"},
        {"price": "NaN"},
        {"small": 1.5},
    ],
)
def test_what_breaks_a_format_is_an_error(
    package: ModuleType, client: Any, server: LoopbackServer, change: dict[str, Any]
) -> None:
    server.answer(VALUES | change)
    with pytest.raises(package.DecodeError, match="/" + "".join(change)):
        client.values.put_values(DAY, body=package.models.Values())
