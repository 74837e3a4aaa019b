"""Arguments are held to the description before anything is sent; answers are not."""

from __future__ import annotations

import asyncio
from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer


@pytest.mark.parametrize(
    ("identity", "arguments"),
    [
        ("a", {}),
        ("abcde", {}),
        ("AB", {}),
        ("ab\n", {}),
        ("ab", {"count": 0}),
        ("ab", {"count": 4}),
        ("ab", {"share": 0}),
        ("ab", {"share": 1.0}),
        ("ab", {"step": 7}),
        ("ab", {"list": []}),
        ("ab", {"list": ["a", "b", "c"]}),
        ("ab", {"x_old": "abc"}),
        ("ab", {"name": "abcd"}),
        ("ab", {"tags": ["a", "a"]}),
    ],
)
def test_what_breaks_a_rule_is_not_sent(
    package: ModuleType,
    client: Any,
    server: LoopbackServer,
    identity: str,
    arguments: dict[str, Any],
) -> None:
    with pytest.raises(package.InvalidArgument):
        client.limits.send_limits(identity, **{"name": "abc", **arguments})
    assert server.received == []


@pytest.mark.parametrize(
    "arguments",
    [
        {"count": 0},
        {"name": float("nan")},
        {"x_old": "é"},
        {"step": object()},
    ],
)
def test_the_error_tells_the_operation(
    package: ModuleType, client: Any, server: LoopbackServer, arguments: dict[str, Any]
) -> None:
    arguments = {"name": "abc", **arguments}

    async def call() -> None:
        async with package.AsyncClient(base_url=server.url) as awaited:
            await awaited.limits.send_limits("ab", **arguments)

    for fail in (
        lambda: client.limits.send_limits("ab", **arguments),
        lambda: asyncio.run(call()),
    ):
        with pytest.raises(package.InvalidArgument) as caught:
            fail()
        error = caught.value
        assert error.operation == "send_limits"
        assert (error.method, error.path) == ("POST", "/limits/{id}")
        assert str(error).startswith("send_limits (POST /limits/{id}): ")


@pytest.mark.parametrize(
    "arguments",
    [
        {"count": 1, "share": 0.5, "step": 10, "list": ["a"]},
        {"count": 3, "list": ["a", "b"], "x_old": "ab", "tags": ["a", "b"]},
        {"name": ""},
    ],
)
def test_what_keeps_the_rules_is_sent(
    client: Any, server: LoopbackServer, arguments: dict[str, Any]
) -> None:
    server.answer({"name": "longer than it may be"})
    found = client.limits.send_limits("abcd", **{"name": "é😀é", **arguments})
    assert len(server.received) == 1
    assert found.name == "longer than it may be"
