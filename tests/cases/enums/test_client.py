"""Values that the description lists are typed; others are read all the same."""

from __future__ import annotations

from types import ModuleType
from typing import Any, get_args

import pytest
from loopback import LoopbackServer


@pytest.mark.parametrize(
    "lamp",
    [
        {"colour": "red", "level": -1, "mixed": "auto", "state": "on", "lit": True},
        {"colour": "Red", "level": 0, "mixed": 1, "socket": "E14", "only": "lamp"},
        {"colour": "", "mixed": None, "socket": None, "numbers": 0.5},
        {"colour": "red", "setting": 1, "dimmed": "never", "shade": {"name": "paper"}},
        {"colour": "red", "setting": 2.5, "dimmed": False, "shade": [1, 2]},
        {"colour": "red", "setting": True, "steps": 2, "nothing": None},
        {"colour": "red", "setting": None, "numbers": 1},
        {"colour": "tomorrow's", "level": 99, "state": "dim", "mixed": "later"},
    ],
)
def test_every_value_goes_both_ways(
    package: ModuleType, client: Any, server: LoopbackServer, lamp: dict[str, Any]
) -> None:
    server.answer(lamp)
    found = client.lamps.put_lamp(body=package.models.Lamp.from_dict(lamp))
    assert server.last.json == lamp
    assert found.to_dict() == lamp


def test_the_type_of_an_argument_comes_from_models_like_all_others(
    package: ModuleType,
) -> None:
    assert get_args(package.models.PutLampOrder) == ("asc", "desc")
    assert "PutLampOrder" in package.models.__all__


def test_arguments_are_sent_as_they_are_spelt(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer({"colour": "red"})
    client.lamps.put_lamp(
        order="desc",
        colours=["light blue", 'qu"ote', ""],
        body=package.models.Lamp(colour="red"),
    )
    query = "order=desc&colours=light%20blue&colours=qu%22ote&colours="
    assert server.last.line == f"PUT /lamps?{query}"


@pytest.mark.parametrize(
    "change",
    [
        {"colour": 1},
        {"level": "0"},
        {"mixed": 1.5},
        {"lit": False},
        {"setting": []},
        {"dimmed": 1},
        {"shade": "grey"},
        {"nothing": 0},
    ],
)
def test_a_value_of_another_type_is_an_error(
    package: ModuleType, client: Any, server: LoopbackServer, change: dict[str, Any]
) -> None:
    server.answer({"colour": "red"} | change)
    with pytest.raises(package.DecodeError, match="/" + "".join(change)):
        client.lamps.put_lamp(body=package.models.Lamp(colour="red"))
