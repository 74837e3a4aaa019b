"""An array of fixed length is a tuple; one that may be shorter or longer is a list."""

from __future__ import annotations

import datetime as dt
from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer

ROAD: dict[str, Any] = {
    "start": [1.5, 2],
    "points": [[1, 2], [3, 4]],
    "sign": ["2024-02-29", None, "left", "Rome", {"start": [0, 0]}],
    "open": ["a", 1, True, False],
    "short": ["a"],
}


def test_arrays_go_both_ways(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer(ROAD)
    road = client.roads.put_road(body=package.models.Road(start=(1.5, 2)), box=(1, 2.5))
    assert server.last.json == {"start": [1.5, 2]}
    assert server.last.line == "PUT /roads?box=1,2.5"
    assert road.start == (1.5, 2)
    assert road.points == [(1, 2), (3, 4)]
    rome = package.models.Road(start=(0, 0))
    assert road.sign == (dt.date(2024, 2, 29), None, "left", "Rome", rome)
    assert (road.open, road.short) == (["a", 1, True, False], ["a"])
    assert road.to_dict() == ROAD


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"start": [1]}, "/start"),
        ({"start": [1, 2, 3]}, "/start"),
        ({"points": [[1, "2"]]}, "/points/0/1"),
        ({"open": ["a", 1, 2]}, "/open/2"),
    ],
)
def test_what_is_not_so_is_an_error(
    package: ModuleType,
    client: Any,
    server: LoopbackServer,
    change: dict[str, Any],
    place: str,
) -> None:
    server.answer(ROAD | change)
    with pytest.raises(package.DecodeError, match=place):
        client.roads.put_road(body=package.models.Road(start=(1, 2)))
