"""What the client can't write as it is asked for is written by the caller."""

from __future__ import annotations

import re
from types import ModuleType
from typing import Any

from loopback import LoopbackServer

XML = b"<order><id>1</id></order>"


def types_and_contents(server: LoopbackServer) -> list[tuple[bytes, bytes, bytes]]:
    """The name, the type and the content of each part, as they arrived."""
    found = re.search("boundary=(.*)", server.last.headers["content-type"])
    assert found
    pattern = rb' name="(.*?)".*?\r\nContent-Type: (.*?)\r\n\r\n(.*)\r\n'
    parts = server.last.content.split(b"--" + found[1].encode())[1:-1]
    matches = [re.search(pattern, part, re.DOTALL) for part in parts]
    return [(each[1], each[2], each[3]) for each in matches if each]


def test_an_object_that_is_no_json_is_given_as_it_is_sent(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    order = package.models.Order(id=1)
    mixed = package.File(b"--x--", content_type="multipart/mixed; boundary=x")
    server.answer_bytes(b"", None, 204)
    client.parts.send_parts(
        order=XML,
        orders=[XML, b"<order/>"],
        pages=mixed,
        plain=order,
        json=order,
        texts=["<p>", "<br>"],
    )
    assert types_and_contents(server) == [
        (b"order", b"application/xml", XML),
        (b"orders", b"application/xml", XML),
        (b"orders", b"application/xml", b"<order/>"),
        (b"pages", b"multipart/mixed; boundary=x", b"--x--"),
        (b"plain", b"text/plain", b'{"id":1}'),
        (b"json", b"application/vnd.order+json", b'{"id":1}'),
        (b"texts", b"text/html", b"<p>"),
        (b"texts", b"text/html", b"<br>"),
    ]


def test_so_is_one_in_a_field(client: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"", None, 204)
    client.parts.send_fields(order=XML.decode(), form="id=1")
    assert server.last.content == (
        b"order=%3Corder%3E%3Cid%3E1%3C%2Fid%3E%3C%2Forder%3E&form=id%3D1"
    )
