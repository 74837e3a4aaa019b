"""Each property that may be null is read, and sent, as None; and as a value."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer

NULLS = dict.fromkeys(
    [
        "types",
        "several types",
        "one of",
        "any of",
        "enum",
        "const",
        "only",
        "component",
        "tagged",
    ]
)
VALUES: dict[str, Any] = {
    "types": "t",
    "several types": 3,
    "one of": {"id": 1},
    "any of": [1.5, None],
    "enum": "b",
    "component": {"size": 2},
    "tagged": {"side": "Right"},
    "map": {"a": True, "b": None},
}
LEAST = {"types": None}


@pytest.mark.parametrize("data", [NULLS, VALUES, LEAST])
def test_null_and_values_go_both_ways(
    package: ModuleType, client: Any, server: LoopbackServer, data: dict[str, Any]
) -> None:
    server.answer(data)
    nulls = client.nulls.put_nulls(body=package.models.Nulls.from_dict(data))
    assert server.last.json == data
    assert nulls.to_dict() == data


def test_a_discriminator_decides_where_null_may_be_too(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer(VALUES)
    nulls = client.nulls.put_nulls(body=package.models.Nulls(types=None))
    assert nulls.tagged == package.models.Right(side="Right")


@pytest.mark.parametrize("name", ["const", "only"])
def test_what_is_always_null_takes_nothing_else(
    package: ModuleType, client: Any, server: LoopbackServer, name: str
) -> None:
    server.answer({**LEAST, name: 0})
    with pytest.raises(package.DecodeError, match=f"/{name}"):
        client.nulls.put_nulls(body=package.models.Nulls(types=None))
