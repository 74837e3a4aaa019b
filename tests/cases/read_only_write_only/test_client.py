"""What the server sets is not asked of the caller, nor the caller's secret of it."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from loopback import LoopbackServer


def test_a_read_only_property_need_not_be_given(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer({"id": 1, "name": "Ann"}, 201)
    wanted = package.models.Account(name="Ann", password="secret")
    account = client.accounts.create_account(body=wanted)
    assert server.last.json == {"name": "Ann", "password": "secret"}
    assert account.to_dict() == {"id": 1, "name": "Ann"}


def test_a_read_only_property_is_no_argument(
    client: Any, server: LoopbackServer
) -> None:
    server.answer_bytes(b"", None, 204)
    client.accounts.replace_account(name="Bob")
    assert server.last.json == {"name": "Bob"}
