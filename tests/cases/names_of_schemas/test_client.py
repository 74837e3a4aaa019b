"""Whatever a schema is called, it has a class of its own."""

from __future__ import annotations

from typing import Any

from loopback import LoopbackServer


def test_every_schema_is_a_class(client: Any, server: LoopbackServer) -> None:
    data = {letter: {letter: 1} for letter in "abcdefghijkxy"}
    server.answer(data)
    names = client.names.get_names()
    assert names.to_dict() == data
    classes = {type(getattr(names, letter)) for letter in data} | {type(names)}
    assert len({each.__name__.lower() for each in classes}) == 14
    assert all(getattr(getattr(names, letter), letter) == 1 for letter in data)
