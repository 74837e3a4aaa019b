"""Walks through pages: what is parsed and told of each, and where they end."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import pytest
from calling import fails, operation
from walking import Holder, Script, gather, paginate, thing, walk

from oasmith.runtime.answers import read_json
from oasmith.runtime.auth import Credentials
from oasmith.runtime.client import BaseClient
from oasmith.runtime.decode import optional, required
from oasmith.runtime.envelopes import read_result
from oasmith.runtime.errors import DecodeError
from oasmith.runtime.model import Model
from oasmith.runtime.operation import Operation
from oasmith.runtime.page_styles import (
    CursorPages,
    LinkedPages,
    NumberedPages,
    PageStyle,
    UrlPages,
)
from oasmith.runtime.pages import Pages, Paginator
from oasmith.runtime.request import Request
from oasmith.runtime.response import Response
from oasmith.runtime.structures import list_of, map_of
from oasmith.runtime.unset import Unset
from oasmith.runtime.values import decode_any, decode_str


@dataclass(slots=True, kw_only=True, repr=False)
class TypedHolder(Model):
    items: list[Any]
    meta: dict[str, Any] | Unset
    next: str | Unset

    def _read(self, data: dict[str, Any]) -> None:
        self.meta = optional(data, "meta", map_of(decode_any))
        self.next = optional(data, "next", decode_str)
        self.items = required(data, "items", list_of(decode_any))


_ENDLESS = {
    "cursors": CursorPages("after", "/next"),
    "urls": UrlPages("/next"),
    "links": LinkedPages(),
}


@pytest.mark.parametrize("style", _ENDLESS.values(), ids=_ENDLESS)
def test_what_is_ever_new_and_empty_ends(style: PageStyle) -> None:
    bodies = chain(
        [{"items": [1], "next": "/one"}],
        ({"items": [], "next": f"/n{n}"} for n in range(1000)),
        [{"items": [3], "next": "/x"}],
        ({"items": [], "next": f"/m{n}"} for n in range(2000)),
    )
    script = Script(bodies, link='</l{}>; rel="next"')
    found: list[Any] = []

    def go() -> None:
        for each in paginate(style, script):
            found.append(each)

    error = fails(DecodeError, go)
    assert found == [1, 3]
    assert len(script.urls) == 2003
    told = "expected items, as there are more, got more than 1000 pages in a row"
    assert told in str(error)
    assert (error.pointer, error.attempts) == ("", 3)


@pytest.mark.parametrize("empty", [{"items": None}, {}])
@pytest.mark.parametrize("awaited", [False, True])
def test_items_that_are_kept_as_null_or_missing_count_as_none(
    empty: dict[str, Any], awaited: bool
) -> None:
    told: list[DecodeError] = []
    bodies = [{**thing(1), "next": "b"}, {**empty, "next": "c"}, thing(3)]
    script = Script(iter(bodies), told)
    found = gather(CursorPages("after", "/next"), script, awaited)
    assert found == [{"id": 1}, {"id": 3}]
    assert script.urls == ["/a", "/a?after=b", "/a?after=c"]
    assert [each.pointer for each in told] == ["/items"]


def test_a_result_that_is_kept_as_null_counts_as_none() -> None:
    told: list[DecodeError] = []
    bodies: list[Any] = [
        {"items": [1], "next": "b"},
        {"items": None, "next": "c"},
        {"next": "d"},
        {"items": [3]},
    ]
    script = Script(iter(bodies), told)
    read = read_result(Holder.from_dict, lambda envelope: envelope.items)
    paged: Operation[Any] = replace(operation(), responses={"200": read})
    pages: Pages[Any, Any] = Pages(lambda page: page, CursorPages("after", "/next"))
    assert list(Paginator(script, paged, Request("GET", "/a"), pages)) == [1, 3]
    assert [each.pointer for each in told] == ["/items", "/items"]


def test_what_is_kept_still_tells_how_pages_go_on() -> None:
    told: list[DecodeError] = []
    bodies = [
        {"items": [{"id": 1}], "meta": 5, "next": "b"},
        {"items": None, "next": None},
    ]
    read = read_json(TypedHolder.from_dict)
    script = Script(iter(bodies), told)
    paged = replace(operation(), responses={"200": read})
    pages: Pages[Any, Any] = Pages(
        lambda page: page.items, CursorPages("after", "/next", has_more="/meta/more")
    )
    assert list(Paginator(script, paged, Request("GET", "/a"), pages)) == [{"id": 1}]
    assert [each.pointer for each in told] == ["/meta", "/next", "/items"]


def test_the_json_of_a_page_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []

    def load(text: str) -> Any:
        parsed.append(text)
        return json.loads(text)

    monkeypatch.setattr("oasmith.runtime.answers.load_json", load)
    style = NumberedPages("page", total="/total", total_pages="/pages", has_more="/m")
    assert len(walk(style, thing(1, total=2), thing(2, total=2))) == 2
    assert len(parsed) == 2


class Elsewhere:
    """A server that redirects to another origin, where each page leads to the next."""

    def __init__(self, link: str) -> None:
        self.link = link
        self.urls: list[str] = []

    def send(self, request: Request, deadline: float) -> Response:
        self.urls.append(request.url)
        if request.url.startswith("http://a.example/"):
            location = request.url.replace("a.example", "b.example")
            return Response(302, {"location": location}, b"")
        return Response(200, {"link": self.link}, b'{"items":[1]}')

    def close(self) -> None: ...


@pytest.mark.parametrize("link", ["?page=2", "http://b.example/a?page=2"])
def test_a_first_page_that_was_redirected_to_another_origin(link: str) -> None:
    there = Elsewhere(f'<{link}>; rel="next"')
    paged = replace(
        operation(path="/a"), responses={"200": read_json(Holder.from_dict)}
    )
    pages: Pages[Any, Any] = Pages(lambda page: page.items, LinkedPages())
    client = BaseClient(
        Credentials({}, {}),
        base_url="http://a.example",
        default_base_url="/",
        transport=there,
    ).with_options(redirects=2)
    found: list[Any] = []

    def go() -> None:
        for each in Paginator(client, paged, Request("GET", "/a"), pages):
            found.append(each)

    error = fails(DecodeError, go)
    assert found == [1]
    assert there.urls == ["http://a.example/a", "http://b.example/a"]
    assert "the same origin as the base URL, got one of another" in str(error)
    assert error.response.url == "http://b.example/a"
    assert (error.attempts, error.operation) == (2, "op")


def test_pages_with_their_responses() -> None:
    read = read_json(Holder.from_dict)
    bodies: list[Any] = [
        {"items": [1], "next": "b"},
        {"items": [], "next": "c"},
        {"items": [3]},
    ]
    for awaited in (False, True):
        script = Script(iter(bodies))
        found = gather(CursorPages("after", "/next"), script, awaited, responses=True)
        values = [each.value.items for each in found]
        cursors = [json.loads(each.response.content).get("next") for each in found]
        assert (values, cursors) == ([[1], [], [3]], ["b", "c", None])
        assert all(each.response.parsed is None for each in found)
        assert [each.value for each in found] == [read(each.response) for each in found]
