"""Pages: what cases of whole packages do not come to."""

from __future__ import annotations

import pytest
from calling import operation

from oasmith.runtime.errors import DecodeError, InvalidArgument
from oasmith.runtime.page import Page
from oasmith.runtime.page_styles import CursorPages, PageStyle
from oasmith.runtime.pages import AsyncPaginator, Pages, Paginator
from oasmith.runtime.request import Request
from oasmith.runtime.response import Response
from oasmith.runtime.uploads import Upload


def walk(style: PageStyle, *bodies: bytes) -> list[str]:
    """The URLs that are asked for while these answers come, "" for the end."""
    requests = style.requests(Request("GET", "/a"))
    urls = [next(requests).url]
    for body in bodies:
        try:
            urls.append(requests.send(Page(Response(200, {}, body), [1])).url)
        except StopIteration:
            urls.append("")
    return urls


_LAST = CursorPages("after", "/data/-1/id")


def test_the_last_item_is_the_cursor() -> None:
    two, one = b'{"data":[{"id":"a"},{"id":"b"}]}', b'{"data":[{"id":7}]}'
    urls = walk(_LAST, two, one, b'{"data":[]}')
    assert urls == ["/a", "/a?after=b", "/a?after=7", ""]
    assert walk(_LAST, b'{"data":{"id":"a"}}') == ["/a", ""]
    assert walk(_LAST, b"[]") == ["/a", ""]
    assert walk(CursorPages("after", "/data/1"), b'{"data":[1,2]}') == [
        "/a",
        "/a?after=2",
    ]


def test_a_last_item_that_comes_again() -> None:
    with pytest.raises(DecodeError, match="at /data/-1/id: expected another cursor"):
        walk(_LAST, b'{"data":[{"id":"a"}]}', b'{"data":[{"id":"a"}]}')


def test_more_behind_a_page_without_items() -> None:
    style = CursorPages("after", "/data/-1/id", has_more="/more")
    with pytest.raises(DecodeError, match="expected a cursor, got nothing"):
        walk(style, b'{"data":[],"more":true}')


@pytest.mark.parametrize("paginator", [Paginator, AsyncPaginator])
def test_a_body_that_can_be_read_once(paginator: type[Paginator[int, int]]) -> None:
    pages: Pages[int, int] = Pages(lambda page: [page], _LAST)
    body = Upload("body", [iter([b"a"])])
    request = Request("POST", "/a", content=body)
    with pytest.raises(InvalidArgument, match="body must be one that can be read"):
        paginator(None, operation(), request, pages)  # type: ignore[arg-type]
