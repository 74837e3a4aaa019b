"""Each property that may be null is read, and sent, as None; and as a value."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer

NULLS = dict.fromkeys(["string", "object", "list", "map", "enum", "component"])
VALUES: dict[str, Any] = {
    "string": "s",
    "object": {"id": 1},
    "list": [1, None],
    "map": {"a": 1.5, "b": None},
    "enum": "a",
    "component": "c",
    "never": "n",
}
LEAST = {"string": None, "object": None}


@pytest.mark.parametrize("data", [NULLS, VALUES, LEAST])
def test_null_and_values_go_both_ways(
    package: ModuleType, client: Any, server: LoopbackServer, data: dict[str, Any]
) -> None:
    server.answer(data)
    nulls = client.nulls.put_nulls(body=package.models.Nulls.from_dict(data))
    assert server.last.json == data
    assert nulls.to_dict() == data


def test_null_is_refused_where_it_may_not_be(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer({**LEAST, "never": None})
    with pytest.raises(package.DecodeError, match="/never"):
        client.nulls.put_nulls(body=package.models.Nulls(string=None, object=None))
