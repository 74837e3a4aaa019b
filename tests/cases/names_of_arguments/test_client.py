"""Arguments that are called alike can all be given: the later one tells its place."""

from __future__ import annotations

from typing import Any

from loopback import LoopbackServer


def test_every_argument_can_be_given(client: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"", None, 204)
    client.names.post_names(
        "1",
        "2",
        id_query="3",
        id_header="4",
        id_cookie="5",
        client_="6",
        self_="7",
        body="8",
        check_str_="9",
        page_size=10,
        plus_1=11,
        minus_1=12,
        x_request_id="13",
        id_body="14",
        from_="15",
        client_body="16",
        extra="17",
        print="18",
    )
    seen = server.last
    query = "id=3&client=6&self=7&body=8&check_str=9&page%5Bsize%5D=10&%2B1=11&-1=12"
    assert seen.line == f"POST /names/1/2?{query}"
    assert (seen.headers["id"], seen.headers["cookie"]) == ("4", "id=5")
    assert seen.headers["x-request-id"] == "13"
    assert seen.json == {
        "id": "14",
        "from": "15",
        "client": "16",
        "extra": "17",
        "print": "18",
    }


def test_a_whole_body_beside_a_parameter_of_that_name(
    client: Any, server: LoopbackServer
) -> None:
    server.answer_bytes(b"", None, 204)
    client.names.post_name(body="query", body_body=["a"])
    assert server.last.line == "POST /names?body=query"
    assert server.last.json == ["a"]
