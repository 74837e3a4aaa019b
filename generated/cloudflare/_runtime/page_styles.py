# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""How answers go on: by page number, offset, cursor, Link header, or URL."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Protocol
from urllib.parse import quote, unquote, urljoin, urlsplit

from .answers import parse_json
from .errors import DecodeError, InvalidArgument
from .kinds import describe, is_array, is_object
from .links import find_next
from .model import Model
from .redirects import is_same_origin
from .request import Request
from .response import Response
from .styles import form
from .unset import UNSET


class Page:
    """A page as it came: the response, and the items in it."""

    def __init__(self, response: Response, items: Sequence[object]) -> None:
        self.response = response
        self.items = items
        self.is_again = False
        """Whether it was there before, and is not to be given."""
        self._json: Any = UNSET

    def find(self, pointer: str | None) -> Any:
        """The value at a JSON Pointer, in which "-1" is the last item of an array.

        UNSET stands for none.
        """
        if pointer is None or not self.response.content:
            return UNSET
        if self._json is UNSET:
            self._json = parse_json(self.response.content, self.response)
        value: Any = self._json
        for key in _keys(pointer):
            if is_object(value):
                value = value.get(key, UNSET)
            elif is_array(value) and _is_index(key, len(value)):
                value = value[int(key)]
            else:
                return UNSET
        return value

    def find_number(self, pointer: str | None) -> int | None:
        """A whole number, if there is one; some APIs give it as a string.

        A negative one, which some APIs give for "unknown", is none.

        Raises:
            DecodeError: There is something else.
        """
        value = self.find(pointer)
        if value is UNSET or value is None:
            return None
        number = _whole(value)
        if number is None:
            raise DecodeError("a whole number", describe(value), *_path(pointer))
        return number if number >= 0 else None

    def is_last(self, has_more: str | None) -> bool | None:
        """Whether no page follows, if the page says so.

        Raises:
            DecodeError: It says something else.
        """
        value = self.find(has_more)
        if value is UNSET or value is None:
            return None
        if isinstance(value, bool):
            return not value
        raise DecodeError("a boolean", describe(value), *_path(has_more))


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
    """Each page has a number; a page without items is behind the last."""

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
        seen = _Seen()
        request = first
        while True:
            page = yield request
            count += len(page.items)
            pages = page.find_number(self.total_pages)
            total = page.find_number(self.total) if is_all else None
            seen.add(page, has_end=pages is not None or total is not None)
            is_last = page.is_last(self.has_more)
            if is_last or (is_last is None and not page.items):
                return
            if pages is not None and number - self.first + 1 >= pages:
                return
            if total is not None and count >= total:
                return
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
        seen = _Seen()
        request = first
        while True:
            page = yield request
            offset += len(page.items)
            total = page.find_number(self.total)
            seen.add(page, has_end=total is not None)
            is_last = page.is_last(self.has_more)
            if is_last or (is_last is None and not page.items):
                return
            if total is not None and offset - self.first >= total:
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
        seen = {_value_in(first, self.parameter)}
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
                raise DecodeError("a cursor", describe(cursor), *_path(self.next))
            if isinstance(cursor, bool) or not isinstance(cursor, str | int):
                raise DecodeError("a string", describe(cursor), *_path(self.next))
            if not _is_unicode(str(cursor)):
                told = "half a surrogate pair"
                raise DecodeError("a string of Unicode", told, *_path(self.next))
            if str(cursor) in seen:
                told = "one that was there before"
                raise DecodeError("another cursor", told, *_path(self.next))
            seen.add(str(cursor))
            request = _with_parameter(first, self.parameter, cursor)


@dataclass(frozen=True, slots=True)
class LinkedPages:
    """Each page has the next one's URL in its Link header (RFC 8288, rel="next")."""

    def requests(self, first: Request) -> Generator[Request, Page, None]:
        seen: set[str] = set()
        request = first
        while True:
            page = yield request
            target = find_next(page.response.headers.get("link", ""))
            if target is None:
                return
            request = _go_on(first, page, target, seen)


@dataclass(frozen=True, slots=True)
class UrlPages:
    """Each page has the next one's URL in its body; the last page has none."""

    next: str
    """The pointer to the URL."""

    def requests(self, first: Request) -> Generator[Request, Page, None]:
        seen: set[str] = set()
        request = first
        while True:
            page = yield request
            target = page.find(self.next)
            if not _is_given(target):
                return
            if not isinstance(target, str):
                raise DecodeError("a URL", describe(target), *_path(self.next))
            try:
                request = _go_on(first, page, target, seen)
            except DecodeError as error:
                for key in _path(self.next):
                    error.inside(key)
                raise


def _go_on(first: Request, page: Page, target: str, seen: set[str]) -> Request:
    """The request for what a page leads to, which is not on another server.

    Raises:
        DecodeError: It is, or it was there before.
    """
    here = page.response.url
    seen.add(here)
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
    if url in seen:
        raise DecodeError("the URL of another page", "one that was there before")
    return Request(first.method, url, first.headers)


@dataclass(slots=True)
class _Seen:
    """The pages that were there: a server that goes on with these never ends."""

    _digests: set[bytes] = field(default_factory=set[bytes])

    _before: Sequence[object] = ()

    _empty: int = 0
    """How many pages without items came last, one after the other."""

    def add(self, page: Page, *, has_end: bool) -> None:
        """Note a page.

        Args:
            has_end: Whether the page tells how many there are. Then plain values may be
                those of another page, as two pages of a measurement are.

        Raises:
            DecodeError: It was there before, or there were too many without items.
        """
        if not page.items:
            self._empty += 1
            if self._empty > _MOST_EMPTY:
                told = f"more than {_MOST_EMPTY} pages without any"
                raise DecodeError("items, as there are more", told)
            return
        self._empty = 0
        digest = sha256(page.response.content).digest()
        is_again = digest in self._digests or page.items == self._before
        if is_again and not (has_end and _are_plain(page.items)):
            page.is_again = True
            raise DecodeError("another page", "one that was there before")
        self._digests.add(digest)
        self._before = page.items


_MOST_EMPTY = 100


def _are_plain(items: Sequence[object]) -> bool:
    return not any(isinstance(each, Model | dict | list | tuple) for each in items)


def _whole(value: object) -> int | None:
    """The whole number that a value is, or spells with so few digits as a total has."""
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,18}", value):
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= each <= "\udfff" for each in text)


def _is_given(value: object) -> bool:
    return value is not UNSET and value is not None and value != ""


def _with_parameter(request: Request, name: str, value: object) -> Request:
    """A request with another value of a query parameter."""
    path, _, query = request.url.partition("?")
    pair = form(name, value) or ""
    start = pair.partition("=")[0] + "="
    pairs = [each for each in query.split("&") if each and not each.startswith(start)]
    url = f"{path}?{'&'.join([*pairs, pair])}"
    return Request(request.method, url, request.headers, request.content)


def _value_in(request: Request, name: str) -> str | None:
    start = (form(name, "") or "").partition("=")[0] + "="
    for pair in request.url.partition("?")[2].split("&"):
        if pair.startswith(start):
            return unquote(pair[len(start) :])
    return None


def _number_in(request: Request, name: str) -> int | None:
    """The number that a query parameter has.

    Raises:
        InvalidArgument: It has something else.
    """
    value = _value_in(request, name)
    if value is None:
        return None
    try:
        return int(value)
    except ValueError:
        raise InvalidArgument(name, "must be a number to count pages from") from None


def _keys(pointer: str) -> list[str]:
    """The keys of a JSON Pointer (RFC 6901 section 4)."""
    keys = pointer.split("/")[1:]
    return [key.replace("~1", "/").replace("~0", "~") for key in keys]


def _is_index(key: str, length: int) -> bool:
    return length > 0 if key == "-1" else key.isdecimal() and int(key) < length


def _path(pointer: str | None) -> list[str]:
    """The keys of a pointer as errors have them, from the inside outwards."""
    return _keys(pointer or "")[::-1]
