"""The Content-Type of the answer decides what is read."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer


@pytest.mark.parametrize(
    "content_type", ["application/vnd.report+json", "Application/Vnd.Report+JSON; a=b"]
)
def test_json(
    package: ModuleType, client: Any, server: LoopbackServer, content_type: str
) -> None:
    server.answer_bytes(b'{"id": 1}', content_type)
    assert client.reports.get_report(1) == package.models.Report(id=1)


def test_text_and_bytes(client: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"a,\xe9", "text/csv; charset=iso-8859-1")
    assert client.reports.get_report(1) == "a,é"
    server.answer_bytes(b"%PDF\xff", "application/pdf")
    assert client.reports.get_report(1) == b"%PDF\xff"


def test_one_media_type(client: Any, server: LoopbackServer) -> None:
    server.answer_bytes("é".encode(), "text/plain; charset=utf-8")
    assert client.reports.get_text(1) == "é"
    server.answer_bytes(b"\x00\xff", "application/octet-stream")
    assert client.reports.get_bytes(1) == b"\x00\xff"
    server.answer([1, {"a": None}])
    assert client.reports.get_anything(1) == [1, {"a": None}]


def test_a_media_type_that_is_not_described_is_an_error(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer_bytes(b"<html>", "text/html")
    with pytest.raises(package.DecodeError):
        client.reports.get_report(1)
