"""The properties of a form are passed one by one and written as browsers do."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from loopback import LoopbackServer


def test_properties_are_fields(client: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"", None, 204)
    client.forms.send_form(
        name="a&b=c é+", age=3, happy=False, tags=["x", "y"], joined=["x", "y"]
    )
    seen = server.last
    assert seen.headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qsl(seen.content.decode(), keep_blank_values=True) == [
        ("name", "a&b=c é+"),
        ("age", "3"),
        ("happy", "false"),
        ("tags", "x"),
        ("tags", "y"),
        ("joined", "x,y"),
    ]


def test_what_is_not_given_is_not_sent(client: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"", None, 204)
    client.forms.send_form(name="")
    assert server.last.content == b"name="


def test_the_properties_of_a_component_too(client: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"", None, 204)
    client.forms.send_component_form(city="Oslo", floor=1)
    assert server.last.content == b"city=Oslo&floor=1"
