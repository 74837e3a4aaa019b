"""Parts of no type are files, and a file may have headers of its own."""

from __future__ import annotations

import re
from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer


def parts_of(server: LoopbackServer) -> list[bytes]:
    """The parts as they arrived."""
    seen = server.last
    found = re.search("boundary=(.*)", seen.headers["content-type"])
    assert found
    first, *parts, last = seen.content.split(b"--" + found[1].encode())
    assert (first, last) == (b"", b"--\r\n")
    return [part.removeprefix(b"\r\n").removesuffix(b"\r\n") for part in parts]


def test_headers_of_a_part(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer_bytes(b"", None, 204)
    hashed = {"X-Hash": "1f", "X-Rate-Limit-Limit": "5"}
    language = {"Content-Language": "de"}
    client.parts.send_parts(
        photo=package.File(b"PNG", "a.png", "image/png", hashed),
        note=package.File(b"Hallo", "", "text/plain", language),
    )
    assert parts_of(server) == [
        b'Content-Disposition: form-data; name="photo"; filename="a.png"\r\n'
        b"Content-Type: image/png\r\nX-Hash: 1f\r\nX-Rate-Limit-Limit: 5\r\n\r\nPNG",
        b'Content-Disposition: form-data; name="note"\r\n'
        b"Content-Type: text/plain\r\nContent-Language: de\r\n\r\nHallo",
    ]


def test_what_has_no_type_is_a_file(client: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"", None, 204)
    client.parts.send_parts(photo=b"P", more=[b"1", b"2"], upload=b"U", maybe=b"M")
    kind = b"Content-Type: application/octet-stream\r\n\r\n"
    assert parts_of(server) == [
        b'Content-Disposition: form-data; name="%b"; filename="%b"\r\n' % (name, name)
        + kind
        + data
        for name, data in [
            (b"photo", b"P"),
            (b"more", b"1"),
            (b"more", b"2"),
            (b"upload", b"U"),
            (b"maybe", b"M"),
        ]
    ]


def test_values_of_a_style_stand_together(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer_bytes(b"", None, 204)
    place = package.models.Place(city="A b")
    client.parts.send_parts(
        photo=b"P", tags=["a b", "c&d"], pairs=place, place=place, anything={"a": 1}
    )
    assert parts_of(server)[1:] == [
        b'Content-Disposition: form-data; name="place"\r\n'
        b'Content-Type: application/json\r\n\r\n{"city":"A b"}',
        b'Content-Disposition: form-data; name="tags"\r\n\r\na b|c&d',
        b'Content-Disposition: form-data; name="pairs"\r\n\r\ncity,A b',
        b'Content-Disposition: form-data; name="anything"\r\n'
        b'Content-Type: application/json\r\n\r\n{"a":1}',
    ]


@pytest.mark.parametrize(
    "headers",
    [
        {"X-A": "a\r\nX-Evil: 1"},
        {"X-A": "a\nb"},
        {"X-A\r\nX-Evil": "1"},
        {"X A": "1"},
        {"": "1"},
        {"X-A:": "1"},
        {"X-A": "é"},
        {"content-type": "text/plain"},
        {"Content-Disposition": "form-data; name=other"},
    ],
)
def test_no_header_changes_what_is_around_it(
    package: ModuleType, client: Any, server: LoopbackServer, headers: dict[str, str]
) -> None:
    with pytest.raises(package.InvalidArgument, match="header"):
        client.parts.send_parts(photo=package.File(b"P", headers=headers))
    assert not server.received
