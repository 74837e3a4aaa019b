"""Properties that no schema names are kept and, where a type is given, typed."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer

MAPS: dict[str, Any] = {
    "open": {"id": 1, "more": [None]},
    "closed": {"id": 1, "more": "kept: servers are newer than descriptions"},
    "free": {"a": {"b": [1]}},
    "any": {"c": None},
    "numbers": {"pi": 3.25, "two": 2},
    "nested": {"a": {"b": [{"id": 1}], "c": []}, "d": {}},
}


def test_what_is_not_named_is_kept(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    models = package.models
    server.answer(MAPS)
    wanted = models.Open(id=1, extra={"more": None})
    maps = client.maps.put_maps(body=models.Maps(open=wanted))
    assert server.last.json == {"open": {"id": 1, "more": None}}
    assert maps.open.extra == {"more": [None]}
    assert maps.open.extra == {"more": [None]}
    assert maps.nested["a"]["b"] == [models.Open(id=1)]
    assert maps.to_dict() == MAPS


@pytest.mark.parametrize(
    ("maps", "place"),
    [
        ({"numbers": {"pi": "3"}}, "/numbers/pi"),
        ({"nested": {"a": {"b": [1]}}}, "/nested/a/b/0"),
    ],
)
def test_what_has_a_type_is_held_to_it(
    package: ModuleType,
    client: Any,
    server: LoopbackServer,
    maps: dict[str, Any],
    place: str,
) -> None:
    server.answer(maps)
    with pytest.raises(package.DecodeError, match=place):
        client.maps.put_maps(body=package.models.Maps())
