"""Headers and cookies carry scalars, lists and objects (OpenAPI 3.0.4 4.7.12.4)."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer


def test_headers(package: ModuleType, client: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"", None, 204)
    colour = package.models.Colour(r=100, g=200)
    client.styles.get_styles(
        x_text="a b; c", x_list=[1, 2], x_object=colour, x_exploded=colour
    )
    headers = server.last.headers
    assert headers["x-text"] == "a b; c"
    assert headers["x-list"] == "1,2"
    assert headers["x-object"] == "R,100,G,200"
    assert headers["x-exploded"] == "R=100,G=200"
    assert "cookie" not in headers
    assert "authorization" not in headers


def test_cookies(package: ModuleType, client: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"", None, 204)
    colour = package.models.Colour(r=100, g=200)
    client.styles.get_styles(x_text="", session="a;b", list=[1, 2], object=colour)
    cookie = "session=a%3Bb; list=1,2; object=R,100,G,200"
    assert server.last.headers["cookie"] == cookie


@pytest.mark.parametrize("text", ["a\r\nX-Evil: 1", "a\x00", "é"])
def test_what_no_header_can_carry_is_refused(
    package: ModuleType, client: Any, server: LoopbackServer, text: str
) -> None:
    with pytest.raises(package.InvalidArgument):
        client.styles.get_styles(x_text=text)
    assert server.received == []
