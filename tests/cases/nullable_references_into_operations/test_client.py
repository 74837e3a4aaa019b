"""Null is taken where a reference leads to what was met in its own place before."""

from __future__ import annotations

from typing import Any

from loopback import LoopbackServer


def test_null_is_sent_by_both(client: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"", None, 204)
    client.records.create_record(tag=None, owner=None)
    server.answer_bytes(b"", None, 204)
    client.records.update_record("1", tag=None, owner=None)
    bodies = [each.json for each in server.received]
    assert bodies == [{"tag": None, "owner": None}] * 2
