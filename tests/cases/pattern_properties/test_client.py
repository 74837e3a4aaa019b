"""What no property names has the types of patterns, if nothing else can be there."""

from __future__ import annotations

import datetime as dt
from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer

DAY = dt.date(2024, 2, 29)
SHELF: dict[str, Any] = {
    "map": {"n1": 0.5, "d1": "2024-02-29"},
    "both": {"id": "a", "n1": 1, "other": "2024-02-29"},
    "patterns": {"id": "b", "n1": 1, "d1": "2024-02-29"},
    "open": {"id": "c", "n1": 1, "other": {"deep": [1]}},
}


def test_all_of_it_goes_both_ways(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    models = package.models
    server.answer(SHELF)
    both = models.Both(extra={"n1": 1, "other": DAY})
    shelf = client.shelves.put_shelf(body=models.Shelf(both=both))
    assert server.last.json == {"both": {"n1": 1, "other": "2024-02-29"}}
    assert shelf.map == {"n1": 0.5, "d1": DAY}
    assert shelf.both.extra == {"n1": 1, "other": DAY}
    assert shelf.patterns.extra == {"n1": 1, "d1": DAY}
    assert shelf.open.extra == {"n1": 1, "other": {"deep": [1]}}
    assert shelf.to_dict() == SHELF


def test_what_is_of_none_of_the_types_is_an_error(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer({"patterns": {"n1": []}})
    with pytest.raises(package.DecodeError, match="/patterns/n1"):
        client.shelves.put_shelf(body=package.models.Shelf())
