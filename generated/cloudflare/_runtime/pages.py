# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Answers page by page, each fetched when it is needed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from .envelopes import take
from .errors import DecodeError, InvalidArgument
from .kinds import describe, is_object, is_sequence
from .operation import AsyncSender, Operation, Sender
from .page_styles import Page, PageStyle
from .request import Request
from .response import Response
from .unset import UNSET, Unset
from .with_response import AsyncRecorder, Recorder, keep_read

R = TypeVar("R")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pages(Generic[R, T]):
    """What the description says of the pages of an operation."""

    items: Callable[[R], list[T] | Unset | None]
    """Takes the items out of a page."""

    style: PageStyle


class Paginator(Generic[T, R]):
    """The items of all pages, in their order.

    ``for item in paginator`` gives the items, ``paginator.pages()`` the pages as the
    function for one of them gives them. Both begin anew each time, and send nothing
    before they are gone through. Each page is a call of its own, with the retries and
    the time of one.
    """

    def __init__(
        self,
        client: Sender,
        operation: Operation[R],
        request: Request,
        pages: Pages[R, T],
    ) -> None:
        self._client = client
        self._operation = operation
        self._request = _check_repeatable(request)
        self._pages = pages

    def __iter__(self) -> Iterator[T]:
        """Give the items.

        Raises:
            ApiError: A page could not be had; the items before it were given.
        """
        for _, items in self._fetch():
            yield from items

    def pages(self) -> Iterator[R]:
        """Give the pages.

        Raises:
            ApiError: A page could not be had; those before it were given.
        """
        for page, _ in self._fetch():
            yield page

    def _fetch(self) -> Iterator[tuple[R, Sequence[T]]]:
        recorder = Recorder(self._client, keep_read)
        requests = self._pages.style.requests(self._request)
        request: Request | None = next(requests)
        while request is not None:
            value = recorder.send(self._operation, request)
            step = _step(self._pages, requests, value, recorder.responses.pop())
            if step.items is not None:
                yield value, step.items
            request = step.follow(self._operation)


class AsyncPaginator(Generic[T, R]):
    """The items of all pages, in their order, each page awaited.

    ``async for item in paginator`` gives the items, ``paginator.pages()`` the pages as
    the function for one of them gives them. Both begin anew each time, and send nothing
    before they are gone through. Each page is a call of its own, with the retries and
    the time of one.
    """

    def __init__(
        self,
        client: AsyncSender,
        operation: Operation[R],
        request: Request,
        pages: Pages[R, T],
    ) -> None:
        self._client = client
        self._operation = operation
        self._request = _check_repeatable(request)
        self._pages = pages

    async def __aiter__(self) -> AsyncIterator[T]:
        """Give the items.

        Raises:
            ApiError: A page could not be had; the items before it were given.
        """
        async for _, items in self._fetch():
            for item in items:
                yield item

    async def pages(self) -> AsyncIterator[R]:
        """Give the pages.

        Raises:
            ApiError: A page could not be had; those before it were given.
        """
        async for page, _ in self._fetch():
            yield page

    async def _fetch(self) -> AsyncIterator[tuple[R, Sequence[T]]]:
        recorder = AsyncRecorder(self._client, keep_read)
        requests = self._pages.style.requests(self._request)
        request: Request | None = next(requests)
        while request is not None:
            value = await recorder.send(self._operation, request)
            step = _step(self._pages, requests, value, recorder.responses.pop())
            if step.items is not None:
                yield value, step.items
            request = step.follow(self._operation)


def _check_repeatable(request: Request) -> Request:
    """Refuse a body that can be read only once: it goes with each page.

    Raises:
        InvalidArgument: It is one.
    """
    content = request.content
    if (
        content is not None
        and not isinstance(content, bytes)
        and content.length is None
    ):
        raise InvalidArgument("body", "must be one that can be read again and again")
    return request


@dataclass(frozen=True, slots=True)
class _Step(Generic[T]):
    """What is in a page, and what comes of it."""

    response: Response

    items: Sequence[T] | None
    """None if the page is not to be given."""

    following: Request | DecodeError | None

    def follow(self, operation: Operation[Any]) -> Request | None:
        """The request for the next page, if there is one."""
        error = self.following
        if not isinstance(error, DecodeError):
            return error
        error.response = self.response
        error.attempts = self.response.attempts
        error.during(operation)
        raise error


def _step(
    pages: Pages[R, T],
    requests: Generator[Request, Page, None],
    value: R,
    response: Response,
) -> _Step[T]:
    try:
        items = _list(pages, value)
    except DecodeError as error:
        return _Step(response, None, error)
    page = Page(response, items)
    try:
        return _Step(response, items, requests.send(page))
    except StopIteration:
        return _Step(response, items, None)
    except DecodeError as error:
        return _Step(response, None if page.is_again else items, error)


def _list(pages: Pages[R, T], value: R) -> list[T]:
    """The items as they are now, whatever becomes of the page.

    Raises:
        DecodeError: The page was kept as it came, and has none.
    """
    items = take(pages.items, value)
    if is_sequence(items):
        return list(items)
    if items is not None and items is not UNSET:
        raise DecodeError("an array", describe(items))
    kept: object = value
    if isinstance(kept, str | int | float) or is_object(kept) or is_sequence(kept):
        raise DecodeError("an object", describe(kept))
    return []
