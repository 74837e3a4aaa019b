"""Each property is a part: files with name and type, objects as JSON."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from types import ModuleType
from typing import Any

from loopback import LoopbackServer, Received


def parts_of(seen: Received) -> list[tuple[object, ...]]:
    """Name, file name, media type and content of each part."""
    head = f"Content-Type: {seen.headers['content-type']}\r\n\r\n".encode()
    message = message_from_bytes(head + seen.content, policy=policy.HTTP)
    assert isinstance(message, EmailMessage)
    return [
        (
            part.get_param("name", header="content-disposition"),
            part.get_filename(),
            part.get_content_type() if "content-type" in part else "",
            part.get_payload(decode=True),
        )
        for part in message.iter_parts()
    ]


def test_parts(package: ModuleType, client: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"", None, 204)
    photo = package.File(b"\x89PNG\r\n\r\n--x", "me.png", "image/png")
    client.uploads.upload(
        file=photo,
        more=[package.File(b"1", "1.bin"), package.File(b"2", "2.bin")],
        title="é",
        stars=5,
        tags=["a", "b"],
        place=package.models.Place(city="Oslo"),
    )
    assert server.last.line == "POST /uploads"
    assert server.last.headers["content-type"].startswith(
        "multipart/form-data; boundary="
    )
    assert parts_of(server.last) == [
        ("file", "me.png", "image/png", b"\x89PNG\r\n\r\n--x"),
        ("more", "1.bin", "application/octet-stream", b"1"),
        ("more", "2.bin", "application/octet-stream", b"2"),
        ("title", None, "", "é".encode()),
        ("stars", None, "", b"5"),
        ("tags", None, "", b"a"),
        ("tags", None, "", b"b"),
        ("place", None, "application/json", b'{"city":"Oslo"}'),
    ]


def test_bytes_are_a_file(client: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"", None, 204)
    client.uploads.upload(file=b"raw")
    [(name, filename, media_type, content)] = parts_of(server.last)
    assert (name, media_type, content) == ("file", "application/octet-stream", b"raw")
    assert filename
