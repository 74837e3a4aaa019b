"""Whatever a property is called, it has a field, and keeps its name on the wire."""

from __future__ import annotations

from dataclasses import fields
from types import ModuleType
from typing import Any

from loopback import LoopbackServer

NAMES = [
    *("class", "from", "None", "self", "data", "extra", "to_dict", "from_dict"),
    *("UNSET", "__init__", "__class__", "_read", "_wire_names", "str", "dict"),
    *("list", "2fa", "+1", "-1", "$", "", "straße", "名前", "😀"),
    *("userName", "user_name", "user-name", "USER.NAME", "a b\tc", 'quo"te\\'),
]


def test_every_name_is_kept(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    data: dict[str, Any] = {name: number for number, name in enumerate(NAMES)}
    data["list"] = [1]
    server.answer(data)
    names = client.names.put_names(body=package.models.Names.from_dict(data))
    assert server.last.json == data
    assert names.to_dict() == data
    assert names.extra == {}
    assert len({each.name for each in fields(names)} - {"extra"}) == len(NAMES)


def test_fields_can_be_given_by_keyword(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer({})
    names = package.models.Names(class_=1, from_=2, self_=3, user_name=4, str_=5)
    client.names.put_names(body=names)
    sent = {"class": 1, "from": 2, "self": 3, "user_name": 4, "str": 5}
    assert server.last.json == sent
