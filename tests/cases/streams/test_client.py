"""Answers that are given item by item, and a body of JSON Lines."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from loopback import LoopbackServer

SSE = "text/event-stream"


def test_words(client: Any, package: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b'data: {"word": "a"}\n\ndata: [DONE]\n\n', SSE)
    with client.chat.create_chat_stream(question="?", stream=True) as events:
        words = [(event.event, event.data.word) for event in events]
    assert words == [("message", "a")]
    assert server.last.json == {"question": "?", "stream": True}
    assert server.last.headers["accept"] == f"{SSE}, application/json;q=0.5"


def test_as_a_whole(client: Any, server: LoopbackServer) -> None:
    server.answer({"text": "a"})
    assert client.chat.create_chat(question="?").text == "a"


def test_an_answer_of_the_other_kind(
    client: Any, package: Any, server: LoopbackServer
) -> None:
    server.answer({"text": "a"})
    with pytest.raises(package.DecodeError, match="expected text/event-stream"):
        client.chat.create_chat_stream(question="?")


def test_an_error(client: Any, package: Any, server: LoopbackServer) -> None:
    server.answer({"code": 1}, status=400)
    with pytest.raises(package.StatusError) as caught:
        client.chat.create_chat_stream(question="")
    assert caught.value.body.code == 1


def test_lines(client: Any, package: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b'{"level":"info"}\n{"level":1}\n', "application/x-ndjson")
    entries = client.log.read_log()
    assert next(entries).level == "info"
    with pytest.raises(package.DecodeError, match=r"read_log .* at /1/level"):
        next(entries)


def test_nothing_to_give(client: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"", None, 204)
    assert list(client.log.read_log()) == []


def test_lines_that_are_sent(client: Any, package: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"", None, 204)
    client.log.write_log(body=[package.models.Entry(level="info")])
    assert server.last.content == b'{"level":"info"}\n'
    assert server.last.headers["content-type"] == "application/jsonl"


def test_a_sequence(client: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"\x1e1\n\x1e2.5\n", "application/json-seq")
    assert list(client.readings.watch_readings()) == [1, 2.5]


def test_text(client: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"id: 7\ndata: tick\n\n", f"{SSE}; charset=utf-8")
    [tick] = client.readings.watch_ticks()
    assert (tick.data, tick.id) == ("tick", "7")


def test_events_as_objects(client: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"event: added\ndata: a\nretry: 5\n\ndata: b\n\n", SSE)
    first, second = client.readings.watch_changes()
    assert first.to_dict() == {"event": "added", "data": "a", "retry": 5}
    assert second.to_dict() == {"data": "b"}


def test_items_that_are_awaited(package: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"1\n", "application/x-ndjson")
    server.answer_bytes(b'{"level":"info"}\n', "application/x-ndjson")

    async def read() -> list[str]:
        async with package.AsyncClient(base_url=server.url) as client:
            async with await client.log.read_log() as bad:
                with pytest.raises(package.DecodeError, match="at /0"):
                    await anext(bad)
            return [entry.level async for entry in await client.log.read_log()]

    assert asyncio.run(read()) == ["info"]


def test_lines_that_are_made_on_the_way(client: Any, package: Any) -> None:
    def fail() -> Iterator[Any]:
        yield package.models.Entry(level="info")
        raise KeyError("ours")

    with pytest.raises(KeyError):
        client.log.write_log(body=fail())
