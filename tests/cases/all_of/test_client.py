"""The parts of allOf are one object, and what is required is added up."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer

ORDER: dict[str, Any] = {
    "id": "o-1",
    "created": "2024-02-29",
    "price": 12,
    "lines": [{"id": "l-1"}],
    "customer": {"id": "c-1", "name": "Ann"},
    "note": "",
}


def test_the_parts_are_one_object(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer(ORDER)
    order = client.orders.get_order()
    assert isinstance(order, package.models.Order)
    assert order.created.year == 2024
    assert order.lines == [package.models.Entity(id="l-1")]
    assert order.customer.name == "Ann"
    assert order.to_dict() == ORDER


@pytest.mark.parametrize("name", ["id", "price", "lines", "note"])
def test_what_one_part_requires_is_required(
    package: ModuleType, client: Any, server: LoopbackServer, name: str
) -> None:
    server.answer({key: value for key, value in ORDER.items() if key != name})
    with pytest.raises(package.DecodeError, match=f"/{name}"):
        client.orders.get_order()
