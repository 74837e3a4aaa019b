"""Pages and envelopes of servers that are wrong: walks end, with a DecodeError."""

from __future__ import annotations

import asyncio
import json
import pickle
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import chain, repeat
from typing import Any

import pytest
from calling import client_for, fails, operation
from scripted_server import Server, reply
from walking import Awaited, Holder, Script, paginate, refuse, thing, walk

from oasmith.runtime.answers import read_json
from oasmith.runtime.decode import optional, required_str
from oasmith.runtime.envelopes import EnvelopeError, read_optional_result, read_result
from oasmith.runtime.errors import DecodeError
from oasmith.runtime.model import Model
from oasmith.runtime.page_styles import (
    CursorPages,
    NumberedPages,
    OffsetPages,
    PageStyle,
)
from oasmith.runtime.pages import AsyncPaginator, Pages, Paginator
from oasmith.runtime.request import Request
from oasmith.runtime.response import Response
from oasmith.runtime.structures import list_of
from oasmith.runtime.unset import Unset
from oasmith.runtime.values import decode_any


@dataclass(slots=True, kw_only=True, repr=False)
class Reason(Model):
    message: str

    def _read(self, data: dict[str, Any]) -> None:
        self.message = required_str(data, "message")


@dataclass(slots=True, kw_only=True, repr=False)
class Envelope(Model):
    result: str | Unset
    errors: list[Reason] | Unset

    def _read(self, data: dict[str, Any]) -> None:
        self.result = optional(data, "result", decode_any)
        self.errors = optional(data, "errors", list_of(Reason.from_dict))


_NUMBERS = NumberedPages("page", total="/total", has_more="/more")
_OFFSETS = OffsetPages("offset", total="/total", has_more="/more")
_BOTH = pytest.mark.parametrize("style", [_NUMBERS, _OFFSETS])


@_BOTH
@pytest.mark.parametrize("more", [{"total": 6}, {"total": 4}, {"more": True}, {}])
def test_the_parameter_is_ignored(style: PageStyle, more: dict[str, Any]) -> None:
    found, error = refuse(style, ever=thing(1, 2, **more))
    assert found == [{"id": 1}, {"id": 2}]
    assert "expected another page, got one that was there before" in str(error)


@_BOTH
def test_a_page_differs_but_in_what_is_around(style: PageStyle) -> None:
    found, _ = refuse(style, thing(1, trace="a"), thing(1, trace="b"))
    assert found == [{"id": 1}]


@_BOTH
def test_pages_take_turns(style: PageStyle) -> None:
    one, two = {"items": [0]}, {"items": [1]}
    found, error = refuse(style, one, two, ever=one)
    assert found == [0, 1]
    assert "one that was there before" in str(error)


@_BOTH
def test_plain_values_may_be_equal_where_a_total_ends_them(style: PageStyle) -> None:
    body = {"items": [7, 7], "total": 6}
    assert walk(style, ever=body) == [7] * 6
    found, _ = refuse(style, ever={"items": [7, 7]})
    assert found == [7, 7]


@_BOTH
def test_a_page_that_says_that_there_are_more_is_not_the_last(style: PageStyle) -> None:
    """Whatever number it tells: totals are estimates, and data would be lost."""
    pages = [thing(1, total=2, more=True), thing(2, total=2, more=True)]
    last = thing(3, total=2, more=False)
    assert walk(style, *pages, ever=last) == [{"id": 1}, {"id": 2}, {"id": 3}]


def test_a_page_says_that_there_are_more_than_it_counts_pages() -> None:
    style = NumberedPages("page", total_pages="/pages", has_more="/more")
    one, two = thing(1, pages=1, more=True), thing(2, pages=1, more=False)
    assert walk(style, one, ever=two) == [{"id": 1}, {"id": 2}]


def test_a_page_again_where_pages_are_awaited() -> None:
    script = Script(repeat(thing(1, total=3)))
    paged = replace(operation(), responses={"200": read_json(Holder.from_dict)})
    pages: Pages[Any, Any] = Pages(lambda page: page.items, _NUMBERS)
    paginator = AsyncPaginator(Awaited(script), paged, Request("GET", "/a"), pages)
    found: list[Any] = []

    async def go() -> None:
        async for each in paginator:
            found.append(each)

    error = fails(DecodeError, lambda: asyncio.run(go()))
    assert (found, error.attempts) == ([{"id": 1}], 3)


@pytest.mark.parametrize("body", [[1, 2], None, "ab", 5, "", [], 0, False])
def test_a_page_that_is_kept_as_it_came(body: Any) -> None:
    told: list[DecodeError] = []
    script = Script(iter([body]), told)
    error = fails(DecodeError, lambda: list(paginate(_NUMBERS, script)))
    assert (error.expected, error.operation) == ("an object", "op")
    assert error.response.content == json.dumps(body).encode()
    assert len(told) == 1


@pytest.mark.parametrize("items", [5, "abc", {"a": 1}, True])
def test_items_that_are_kept_as_they_came(items: Any) -> None:
    script = Script(iter([{"items": items}]), [])
    error = fails(DecodeError, lambda: list(paginate(_NUMBERS, script)))
    assert error.expected == "an array"


@_BOTH
@pytest.mark.parametrize(
    "total", ["1e400", '"' + "9" * 5000 + '"', "1.9", "true", "[]", '"x"', '"\u0663"']
)
def test_totals_that_are_no_whole_number(style: PageStyle, total: str) -> None:
    body = b'{"items":[1],"total":%s}' % total.encode()
    found, error = refuse(style, ever=body)
    assert found == [1]
    assert error.pointer == "/total"
    assert error.expected == "a whole number"


@_BOTH
@pytest.mark.parametrize("total", [-1, "-1", -1.0])
def test_a_negative_total_tells_nothing(style: PageStyle, total: object) -> None:
    bodies = [thing(1, total=total), thing(2, total=total)]
    assert walk(style, *bodies, ever={"items": []}) == [{"id": 1}, {"id": 2}]


@_BOTH
@pytest.mark.parametrize("total", [2, "2", 2.0])
def test_totals_as_servers_write_them(style: PageStyle, total: object) -> None:
    assert len(walk(style, thing(1, total=total), thing(2, total=total))) == 2


def test_numbers_go_on_past_an_empty_page() -> None:
    bodies = [thing(1, more=True), thing(more=True), thing(3, more=False)]
    assert walk(_NUMBERS, *bodies) == [{"id": 1}, {"id": 3}]


def test_numbers_do_not_go_past_empty_pages_for_ever() -> None:
    script = Script(chain([thing(1, more=True)], repeat(thing(more=True))))
    error = fails(DecodeError, lambda: list(paginate(_NUMBERS, script)))
    assert "got more than 1000 pages in a row without any" in str(error)
    assert len(script.urls) == 1002


def test_an_empty_page_is_not_the_last_by_the_number_of_pages() -> None:
    style = NumberedPages("page", total_pages="/pages")
    bodies = [thing(1, pages=4), thing(pages=4), thing(3, pages=4), thing(pages=4)]
    assert walk(style, *bodies) == [{"id": 1}, {"id": 3}]
    assert walk(style, thing(1, pages=4), thing(), thing(3, pages=4)) == [{"id": 1}]


def test_no_number_of_pages_is_believed_for_ever() -> None:
    style = NumberedPages("page", total_pages="/pages")
    found, error = refuse(style, thing(1, pages=10**9), ever=thing(pages=10**9))
    assert found == [{"id": 1}]
    assert "got more than 1000 pages in a row without any" in str(error)


def test_offsets_cannot_go_on_past_an_empty_page() -> None:
    found, error = refuse(_OFFSETS, thing(1, more=True), ever=thing(more=True))
    assert found == [{"id": 1}]
    assert "expected items, as there are more, got none" in str(error)


def test_a_cursor_with_half_a_surrogate() -> None:
    body = b'{"items":[1],"next":"a\\ud800"}'
    found, error = refuse(CursorPages("after", "/next"), ever=body)
    assert found == [1]
    assert (error.pointer, error.operation) == ("/next", "op")
    assert (error.attempts, error.response.content) == (3, body)


def test_the_attempts_of_the_page_are_told(server: Server) -> None:
    busy = reply(b"", 503, {"Retry-After": "0"})
    server.answers = [busy, reply(b'{"items":[1],"total":"x"}')]
    paged = replace(operation(), responses={"200": read_json(Holder.from_dict)})
    pages: Pages[Any, Any] = Pages(lambda page: page.items, _NUMBERS)
    request = Request("GET", "/a")
    with client_for(server, token="t") as client:
        paginator = Paginator(client, paged, request, pages)
        error = fails(DecodeError, lambda: list(paginator))
    assert error.attempts == 2


def test_a_pickled_response_has_all_that_is_known_of_it() -> None:
    response = Response(200, {"a": "b"}, b"{}")
    response.url, response.envelope, response.attempts = "/a", Envelope.from_dict({}), 2
    again = pickle.loads(pickle.dumps(response))
    assert (again.url, again.envelope) == ("/a", response.envelope)
    assert (again.status, again.headers, again.content) == (200, {"a": "b"}, b"{}")
    assert again.attempts == 2


_Read = Callable[..., Callable[[Response], Any]]


@pytest.mark.parametrize("read", [read_result, read_optional_result])
@pytest.mark.parametrize("body", [[], "a", None, 5])
def test_an_envelope_that_is_kept_as_it_came(read: _Read, body: Any) -> None:
    response = Response(200, {}, json.dumps(body).encode())
    response.on_mismatch = lambda error: None
    with pytest.raises(DecodeError, match="expected an object"):
        read(Envelope.from_dict, lambda envelope: envelope.result)(response)
    assert response.envelope == body


def test_reasons_of_a_failure_that_are_all_odd() -> None:
    odd: list[Any] = [{"message": each} for each in range(150)]
    body = {"success": False, "result": "r", "errors": odd}
    read = read_result(
        Envelope.from_dict,
        lambda envelope: envelope.result,
        success="success",
        errors=lambda envelope: envelope.errors,
    )
    with pytest.raises(EnvelopeError) as caught:
        read(Response(200, {}, json.dumps(body).encode()))
    assert caught.value.errors == odd
    assert isinstance(caught.value.body, Envelope)
    assert caught.value.body.result == "r"


def test_a_failure_whose_envelope_cannot_be_decoded() -> None:
    def decode(data: Any) -> Envelope:
        raise DecodeError("another envelope", "this")

    read = read_result(
        decode,
        lambda envelope: envelope.result,
        success="success",
        errors=lambda envelope: envelope.errors,
    )
    with pytest.raises(EnvelopeError) as caught:
        read(Response(200, {}, b'{"success":false}'))
    assert (caught.value.errors, caught.value.body) == (None, None)
