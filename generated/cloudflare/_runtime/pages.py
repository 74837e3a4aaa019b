# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Answers page by page, each fetched when it is needed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from .envelopes import take
from .errors import DecodeError, InvalidArgument
from .kinds import describe, is_object, is_sequence
from .operation import AsyncSender, Operation, Sender
from .page import Page
from .page_styles import PageStyle
from .request import Request
from .response import Response
from .unset import UNSET, Unset
from .with_response import AsyncRecorder, Recorder, WithResponse, noting

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
    function for one of them gives them, and
    ``paginator.with_responses()`` also the response of each. All begin anew each time,
    and send nothing before they are gone through. Each page is a call of its own, with
    the retries and the time of one.
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
        for page in self._fetch():
            yield from page.items

    def pages(self) -> Iterator[R]:
        """Give the pages.

        Raises:
            ApiError: A page could not be had; those before it were given.
        """
        for page in self._fetch():
            yield page.value

    def with_responses(self) -> Iterator[WithResponse[R]]:
        """Give the pages, each with the response that it came from.

        That has what the function for one page leaves out, such as headers and
        envelopes, and so all that is needed to go on later.

        Raises:
            ApiError: A page could not be had; those before it were given.
        """
        for page in self._fetch():
            yield WithResponse(page.value, page.response)

    def _fetch(self) -> Iterator[_Given[R, T]]:
        recorder = Recorder(self._client, _keep_parsed)
        walk = _Walk(self._pages, self._operation, self._request)
        while walk.request is not None:
            with walk:
                value = recorder.send(self._operation, walk.request)
            page, following = walk.step(value, recorder.responses.pop())
            if page is not None:
                yield page
            walk.follow(following)


class AsyncPaginator(Generic[T, R]):
    """The items of all pages, in their order, each page awaited.

    ``async for item in paginator`` gives the items, ``paginator.pages()`` the pages as
    the function for one of them gives them, and
    ``paginator.with_responses()`` also the response of each. All begin anew each time,
    and send nothing before they are gone through. Each page is a call of its own, with
    the retries and the time of one.
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
        async for page in self._fetch():
            for item in page.items:
                yield item

    async def pages(self) -> AsyncIterator[R]:
        """Give the pages.

        Raises:
            ApiError: A page could not be had; those before it were given.
        """
        async for page in self._fetch():
            yield page.value

    async def with_responses(self) -> AsyncIterator[WithResponse[R]]:
        """Give the pages, each with the response that it came from.

        That has what the function for one page leaves out, such as headers and
        envelopes, and so all that is needed to go on later.

        Raises:
            ApiError: A page could not be had; those before it were given.
        """
        async for page in self._fetch():
            yield WithResponse(page.value, page.response)

    async def _fetch(self) -> AsyncIterator[_Given[R, T]]:
        recorder = AsyncRecorder(self._client, _keep_parsed)
        walk = _Walk(self._pages, self._operation, self._request)
        while walk.request is not None:
            with walk:
                value = await recorder.send(self._operation, walk.request)
            page, following = walk.step(value, recorder.responses.pop())
            if page is not None:
                yield page
            walk.follow(following)


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
class _Given(Generic[R, T]):
    """A page that is given."""

    value: R
    items: Sequence[T]
    response: Response


class _Walk(Generic[R, T]):
    """The way through the pages of an operation, whether they are awaited or not.

    Within ``with`` errors of what the last page led to learn of its response.
    """

    def __init__(
        self, pages: Pages[R, T], operation: Operation[R], first: Request
    ) -> None:
        self._pages = pages
        self._operation = operation
        self._requests = pages.style.requests(first)
        self._response: Response | None = None
        self.request: Request | None = next(self._requests)
        """The one for the next page, if there is one."""

    def __enter__(self) -> None:
        """Begin to send the request."""

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        if isinstance(error, DecodeError) and error.response is None:
            self._tell(error)

    def step(
        self, value: R, response: Response
    ) -> tuple[_Given[R, T] | None, Request | DecodeError | None]:
        """The page, unless it is not to be given, and what comes behind it."""
        self._response = response
        try:
            items = _list(self._pages, value)
        except DecodeError as error:
            return None, error
        page, given = Page(response, items), _Given(value, items, response)
        try:
            return given, self._requests.send(page)
        except StopIteration:
            return given, None
        except DecodeError as error:
            return None if page.is_again else given, error
        finally:
            response.parsed = None

    def follow(self, following: Request | DecodeError | None) -> None:
        """Go on to what comes behind the page.

        Raises:
            DecodeError: That is it.
        """
        if isinstance(following, DecodeError):
            self._tell(following)
            raise following
        self.request = following

    def _tell(self, error: DecodeError) -> None:
        response = self._response
        if response is not None:
            error.response = response
            error.attempts = response.attempts
        error.during(self._operation)


def _keep_parsed(operation: Operation[R], responses: list[Response]) -> Operation[R]:
    """The same operation, but each response is kept, and what its JSON is."""

    def keep(response: Response) -> None:
        response.parsed = []
        responses.append(response)

    return noting(operation, keep)


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
