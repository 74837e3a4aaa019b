"""Null is taken at every reference to what may be null, also within itself."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer


@pytest.mark.parametrize(
    "answer",
    [
        {"first": None, "second": None, "choice": "a"},
        {"first": {"inside": None}, "second": {"inside": {}}, "choice": ["a", "b"]},
    ],
)
def test_what_comes_goes_back(
    package: ModuleType, client: Any, server: LoopbackServer, answer: Any
) -> None:
    server.answer(answer)
    assert client.boxes.get_boxes().to_dict() == answer
