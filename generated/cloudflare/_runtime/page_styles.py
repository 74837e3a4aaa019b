# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""How answers go on: by page number, offset, cursor, Link header, or URL."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote, urljoin, urlsplit

from .endless_pages import EmptyPages, SeenPages
from .errors import DecodeError, InvalidArgument
from .kinds import describe
from .links import find_next
from .page import Page, path_of
from .redirects import is_same_origin
from .request import Request
from .styles import find_in_query, form, with_pair
from .unset import UNSET


class PageStyle(Protocol):
    """How answers go on."""

    def requests(self, first: Request) -> Generator[Request, Page, None]:
        """Give the request of each page, and be sent the page that it gave.

        Raises:
            DecodeError: A page does not tell what follows, or leads to one that was
                there before.
        """
        ...


@dataclass(frozen=True, slots=True)
class NumberedPages:
    """Each page has a number; one without items is behind the last.

    It is not where the page tells the number of pages, or whether there are more.
    """

    parameter: str

    first: int = 1
    """The number of the first page."""

    total: str | None = None
    """The pointer to the number of items on all pages."""

    total_pages: str | None = None

    has_more: str | None = None

    def requests(self, first: Request) -> Generator[Request, Page, None]:
        start = _number_in(first, self.parameter)
        number = self.first if start is None else start
        is_all = number == self.first
        count = 0
        seen, empty = SeenPages(), EmptyPages()
        request = first
        while True:
            page = yield request
            count += len(page.items)
            pages = page.find_number(self.total_pages)
            total = page.find_number(self.total) if is_all else None
            seen.add(page, has_end=pages is not None or total is not None)
            is_last = page.is_last(self.has_more)
            if is_last is None:
                # A page that filters leave nothing of is not the last by that.
                is_behind = pages is None and not page.items
                has_all = total is not None and count >= total
                is_at_end = pages is not None and number - self.first + 1 >= pages
                is_last = is_behind or has_all or is_at_end
            if is_last:
                return
            empty.go_past(page)
            number += 1
            request = _with_parameter(first, self.parameter, number)


@dataclass(frozen=True, slots=True)
class OffsetPages:
    """Each page begins so many items behind the first of all."""

    parameter: str

    first: int = 0
    """The offset of the first item."""

    total: str | None = None
    """The pointer to the number of items on all pages."""

    has_more: str | None = None

    def requests(self, first: Request) -> Generator[Request, Page, None]:
        start = _number_in(first, self.parameter)
        offset = self.first if start is None else start
        seen = SeenPages()
        request = first
        while True:
            page = yield request
            offset += len(page.items)
            total = page.find_number(self.total)
            seen.add(page, has_end=total is not None)
            is_last = page.is_last(self.has_more)
            if is_last is None:
                has_all = total is not None and offset - self.first >= total
                is_last = has_all or not page.items
            if is_last:
                return
            if not page.items:
                raise DecodeError("items, as there are more", "none")
            request = _with_parameter(first, self.parameter, offset)


@dataclass(frozen=True, slots=True)
class CursorPages:
    """Each page tells the cursor of the next one; the last page has none."""

    parameter: str

    next: str
    """The pointer to the cursor."""

    has_more: str | None = None

    def requests(self, first: Request) -> Generator[Request, Page, None]:
        seen = {find_in_query(first.url, self.parameter)}
        empty = EmptyPages()
        request = first
        while True:
            page = yield request
            is_last = page.is_last(self.has_more)
            if is_last:
                return
            cursor = page.find(self.next)
            if not _is_given(cursor):
                if is_last is None:
                    return
                raise DecodeError("a cursor", describe(cursor), *path_of(self.next))
            if isinstance(cursor, bool) or not isinstance(cursor, str | int):
                raise DecodeError("a string", describe(cursor), *path_of(self.next))
            if not _is_unicode(str(cursor)):
                told = "half a surrogate pair"
                raise DecodeError("a string of Unicode", told, *path_of(self.next))
            if str(cursor) in seen:
                told = "one that was there before"
                raise DecodeError("another cursor", told, *path_of(self.next))
            empty.go_past(page)
            seen.add(str(cursor))
            request = _with_parameter(first, self.parameter, cursor)


@dataclass(frozen=True, slots=True)
class LinkedPages:
    """Each page has the next one's URL in its Link header (RFC 8288, rel="next")."""

    def requests(self, first: Request) -> Generator[Request, Page, None]:
        trail, empty = _Trail(first), EmptyPages()
        request = first
        while True:
            page = yield request
            target = find_next(page.response.headers.get("link", ""))
            if target is None:
                return
            request = trail.follow(page, target)
            empty.go_past(page)


@dataclass(frozen=True, slots=True)
class UrlPages:
    """Each page has the next one's URL in its body; the last page has none."""

    next: str
    """The pointer to the URL."""

    def requests(self, first: Request) -> Generator[Request, Page, None]:
        trail, empty = _Trail(first), EmptyPages()
        request = first
        while True:
            page = yield request
            target = page.find(self.next)
            if not _is_given(target):
                return
            if not isinstance(target, str):
                raise DecodeError("a URL", describe(target), *path_of(self.next))
            try:
                request = trail.follow(page, target)
            except DecodeError as error:
                for key in path_of(self.next):
                    error.inside(key)
                raise
            empty.go_past(page)


class _Trail:
    """The URLs that pages were at, and the way on from these.

    Args:
        first: The request for the first page.
    """

    def __init__(self, first: Request) -> None:
        self._first = first
        self._seen: set[str] = set()

    def follow(self, page: Page, target: str) -> Request:
        """The request for what a page leads to, which is not on another server.

        Raises:
            DecodeError: It is, or it was there before.
        """
        here = page.response.url
        self._seen.add(here)
        url = _resolve(here, target)
        if url in self._seen:
            raise DecodeError("the URL of another page", "one that was there before")
        return Request(self._first.method, url, self._first.headers)


def _resolve(here: str, target: str) -> str:
    """The URL that a page means, which has the origin of the page.

    Raises:
        DecodeError: It is none, or one of another origin.
    """
    try:
        # What a URL can't hold is encoded (RFC 3987 section 3.1); the rest is kept.
        plain = quote(target.partition("#")[0], safe="!\"$%&'()*+,/:;<=>?@[\\]^`{|}~")
        url = urljoin(here, plain)
        at_home = is_same_origin(here, url) and urlsplit(url).username is None
    except ValueError:
        raise DecodeError("a URL", "another string") from None
    if not at_home:
        # Whoever is there would be given the credentials.
        raise DecodeError("a URL of the same origin", "one of another")
    return url


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= each <= "\udfff" for each in text)


def _is_given(value: object) -> bool:
    return value is not UNSET and value is not None and value != ""


def _with_parameter(request: Request, name: str, value: object) -> Request:
    """A request with another value of a query parameter."""
    url = with_pair(request.url, form(name, value) or "")
    return Request(request.method, url, request.headers, request.content)


def _number_in(request: Request, name: str) -> int | None:
    """The number that a query parameter has.

    Raises:
        InvalidArgument: It has something else.
    """
    value = find_in_query(request.url, name)
    if value is None:
        return None
    try:
        return int(value)
    except ValueError:
        raise InvalidArgument(name, "must be a number to count pages from") from None
