"""A constant that is required need not be given; an answer is held to it."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer

MESSAGE: dict[str, Any] = {
    "type": "message",
    "version": 2,
    "text": "hello",
    "urgent": True,
    "ratio": 0.5,
    "empty": "",
    "origin": {"x": 0, "y": 0},
    "corner": {"x": 1},
    "path": [1, "a"],
    "sizes": [1, 2],
    "none": None,
    "whole": 1.0,
}


def test_required_constants_are_sent_by_themselves(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer(MESSAGE)
    message = client.messages.post_message(body=package.models.Message(text="hi"))
    assert server.last.json == {"type": "message", "version": 2, "text": "hi"}
    assert message.to_dict() == MESSAGE


@pytest.mark.parametrize(
    "change",
    [
        {"type": "note"},
        {"version": 3},
        {"urgent": False},
        {"empty": "x"},
        {"ratio": "0.5"},
        {"origin": []},
        {"path": {}},
        {"sizes": {}},
        {"none": 0},
    ],
)
def test_another_value_is_an_error(
    package: ModuleType, client: Any, server: LoopbackServer, change: dict[str, Any]
) -> None:
    server.answer(MESSAGE | change)
    with pytest.raises(package.DecodeError, match="/" + "".join(change)):
        client.messages.post_message(body=package.models.Message(text="hi"))
