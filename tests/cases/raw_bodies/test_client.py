"""Text and bytes are sent as they are."""

from __future__ import annotations

from typing import Any

from loopback import LoopbackServer


def test_text(client: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"", None, 204)
    client.raw.send_text(body="é\r\n")
    assert server.last.content == "é\r\n".encode()
    assert server.last.headers["content-type"] == "text/plain; charset=utf-8"


def test_bytes(client: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"", None, 204)
    client.raw.send_blob(body=b"\x00\xff")
    assert server.last.content == b"\x00\xff"
    assert server.last.headers["content-type"] == "image/png"


def test_optional_bytes(client: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"", None, 204)
    client.raw.send_blob()
    assert server.last.content == b""
    assert "content-type" not in server.last.headers


def test_json_is_preferred(client: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"", None, 204)
    client.raw.send_document(body="a")
    assert server.last.content == b'"a"'
