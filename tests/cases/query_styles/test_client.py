"""Parameters of the query are written as OpenAPI 3.0.4 section 4.7.12.4 has it."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer

LIST = ["blue", "black", "brown"]


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        ({}, ""),
        ({"text": ""}, "?text="),
        ({"text": "a&b=c+d é"}, "?text=a%26b%3Dc%2Bd%20%C3%A9"),
        ({"flag": False, "number": 1e21}, "?flag=false&number=1000000000000000000000"),
        ({"number": 100.0}, "?number=100.0"),
        ({"list": LIST}, "?list=blue&list=black&list=brown"),
        ({"list": []}, ""),
        ({"joined": LIST}, "?joined=blue,black,brown"),
        ({"joined": ["a,b", "c"]}, "?joined=a%2Cb,c"),
        ({"reserved": "a/b?c=d"}, "?reserved=a/b?c=d"),
    ],
)
def test_form(
    client: Any, server: LoopbackServer, arguments: dict[str, Any], query: str
) -> None:
    server.answer_bytes(b"", None, 204)
    client.styles.form(**arguments)
    assert server.last.line == f"GET /form{query}"


def test_objects(package: ModuleType, client: Any, server: LoopbackServer) -> None:
    colour = package.models.Colour(r=100, g=200, b=150)
    for call, arguments, target in [
        (client.styles.form, {"object": colour}, "/form?R=100&G=200&B=150"),
        (
            client.styles.form,
            {"joined_object": colour},
            "/form?joined%20object=R,100,G,200,B,150",
        ),
        (
            client.styles.delimited,
            {"deep": colour},
            "/delimited?deep%5BR%5D=100&deep%5BG%5D=200&deep%5BB%5D=150",
        ),
    ]:
        server.answer_bytes(b"", None, 204)
        call(**arguments)
        assert server.last.line == f"GET {target}"


def test_delimited_lists(client: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"", None, 204)
    client.styles.delimited(space=LIST, pipe=LIST)
    query = "space=blue%20black%20brown&pipe=blue%7Cblack%7Cbrown"
    assert server.last.line == f"GET /delimited?{query}"
