"""Compares what arrived, and what came back, with what a row of a table says."""

from __future__ import annotations

from collections.abc import Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from loopback import LoopbackServer, Received
from wire_package import WirePackage
from wire_table import Case, Made, fill_server


def answer_as_told(server: LoopbackServer, case: Case) -> None:
    """Queue the answers of a case."""
    only = [case.expected.get("answer", {"status": 204})]
    for told in case.expected.get("answers", only):
        content = bytes.fromhex(told["hex"]) if "hex" in told else None
        if content is None:
            content = told.get("text", "").encode()
        headers = fill_server(told.get("headers", {}), server.url)
        server.answer_bytes(
            content.replace(b"${server}", server.url.encode()),
            told.get("type"),
            told.get("status", 200),
            headers,
        )


def judge_targets(case: Case, received: list[Received]) -> None:
    """Compare the targets of all requests, where there are several."""
    assert [each.line for each in received] == [
        f"GET {target}" if target.startswith("/") else f"GET /{case.row.name}{target}"
        for target in case.expected["targets"]
    ]


def judge_request(case: Case, received: Received) -> None:
    """Compare the target, the headers and the body."""
    expected = case.expected
    method = case.row.written.get("method", "get").upper()
    target = expected.get("whole_target")
    if target is None:
        target = f"/{case.row.name}{expected.get('target', '')}"
    assert received.line == f"{method} {target}"
    for name, text in expected.get("headers", {}).items():
        assert received.headers.get(name.lower()) == text, name
    if "json" in expected:
        assert received.json == expected["json"]
    if "body" in expected:
        text = expected["body"]
        content = text if isinstance(text, bytes) else (text or "").encode()
        assert received.content == content
        if text is None:
            assert "content-type" not in received.headers
    if "parts" in expected:
        assert _parts_of(received) == [_part_expected(it) for it in expected["parts"]]


def judge_value(case: Case, package: WirePackage, value: object) -> None:
    """Compare what the function returned."""
    _judge(package, value, case.expected.get("returns"))


def judge_headers(case: Case, package: WirePackage, headers: Any) -> None:
    """Compare the typed headers of the answer."""
    for name, expected in case.expected.get("typed", {}).items():
        found = getattr(headers, name)
        if isinstance(expected, Made):
            assert found is package.module.UNSET, name
        else:
            _judge(package, found, expected)
    if name := case.expected.get("untyped"):
        with pytest.raises(package.module.DecodeError, match="in the header"):
            getattr(headers, name)


def judge_error(case: Case, package: WirePackage, error: Exception) -> None:
    """Compare the error that was raised."""
    kind = getattr(package.module, case.expected["raises"])
    assert type(error) is kind, repr(error)
    assert case.expected.get("message", "") in str(error)
    if "error" in case.expected:
        _judge(package, getattr(error, "body", None), case.expected["error"])


def _judge(package: WirePackage, value: object, expected: object) -> None:
    encoded = package.encode(value)
    assert (type(encoded), encoded) == (type(expected), expected)


def _parts_of(received: Received) -> list[dict[str, Any]]:
    media = received.headers["content-type"]
    message = message_from_bytes(
        f"Content-Type: {media}\r\n\r\n".encode() + received.content,
        policy=policy.HTTP,
    )
    assert isinstance(message, EmailMessage)
    boundary = message.get_boundary() or ""
    if received.content == f"--{boundary}--\r\n".encode():
        return []
    assert message.is_multipart()
    return [_part(part) for part in message.iter_parts()]


def _part(part: EmailMessage) -> dict[str, Any]:
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    told = {
        "name": part.get_param("name", header="content-disposition"),
        "filename": part.get_filename(),
        "type": part.get("content-type"),
        "text": payload,
    }
    others = {
        name.lower(): str(text)
        for name, text in part.items()
        if name.lower() not in ("content-type", "content-disposition")
    }
    return told | ({"headers": others} if others else {})


def _part_expected(written: Mapping[str, Any]) -> dict[str, Any]:
    text = written["text"]
    content = text if isinstance(text, bytes) else text.encode()
    return {"filename": None, "type": None, **written, "text": content}
