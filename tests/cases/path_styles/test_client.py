"""Parameters of the path are written as OpenAPI 3.0.4 section 4.7.12.4 has it."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer

LIST = ["blue", "black", "brown"]


def test_values_are_written_in_the_style(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    colour = package.models.Colour(r=100, g=200, b=150)
    styles = client.styles
    for call, arguments, target in [
        (
            styles.simple,
            ("blue", LIST, colour, colour),
            "/simple/blue/blue,black,brown/R,100,G,200,B,150/R=100,G=200,B=150",
        ),
        (
            styles.label,
            ("blue", LIST, colour, LIST, colour),
            "/label/.blue/.blue,black,brown/.R,100,G,200,B,150/.blue.black.brown"
            "/.R=100.G=200.B=150",
        ),
        (
            styles.matrix,
            ("blue", LIST, colour, LIST, colour),
            "/matrix/;text=blue/;list=blue,black,brown/;object=R,100,G,200,B,150"
            "/;exploded_list=blue;exploded_list=black;exploded_list=brown"
            "/;R=100;G=200;B=150",
        ),
    ]:
        server.answer_bytes(b"", None, 204)
        call(*arguments)
        assert server.last.line == f"GET {target}"


def test_reserved_characters_are_escaped(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer_bytes(b"", None, 204)
    colour = package.models.Colour(r=1)
    client.styles.simple("a/b?c#d%é ,", ["a,b", "c"], colour, colour)
    path = "a%2Fb%3Fc%23d%25%C3%A9%20%2C/a%2Cb,c/R,1/R=1"
    assert server.last.line == f"GET /simple/{path}"


@pytest.mark.parametrize("text", ["", ".", ".."])
def test_what_would_be_another_path_is_refused(
    package: ModuleType, client: Any, server: LoopbackServer, text: str
) -> None:
    colour = package.models.Colour(r=1)
    with pytest.raises(package.InvalidArgument, match="text"):
        client.styles.simple(text, LIST, colour, colour)
    assert server.received == []
