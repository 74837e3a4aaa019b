# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""A transport for tests: it answers as it is told, and keeps what it was asked."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, ClassVar, Generic, NamedTuple, Self, TypeVar, overload

from .async_streams import AsyncItemStream
from .pages import AsyncPaginator, Paginator
from .request import Request
from .response import Response
from .streams import ItemStream
from .testing_answers import (
    Choice,
    copy_response,
    lower_names,
    make_error,
    make_success,
)
from .testing_envelopes import Whole
from .testing_examples import example_of, read_examples
from .testing_functions import Function, Functions, Match, how_well
from .testing_handlers import check_given, check_handler
from .testing_requests import RecordedRequest, record
from .unset import UNSET

R = TypeVar("R")
T = TypeVar("T")


class _Answer(NamedTuple):
    """What answers one request, or all from then on."""

    make: Callable[[RecordedRequest], Response]

    handler_of: object = None
    """Who was told of it, if it is a handler."""


class UnexpectedRequest(AssertionError):
    """A request was sent that the fake has no answer for."""


class BaseFakeTransport:
    """Answers the functions of the package in which it has a subclass."""

    _package: ClassVar[str]
    """The name of the package; others may share this runtime."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if BaseFakeTransport in cls.__bases__:
            cls._package = cls.__module__.rpartition(".")[0]

    def __init__(self, *, examples: bool = False) -> None:
        package = self._package
        self.requests: list[RecordedRequest] = []
        """All that was asked, in the order in which it came."""
        self._functions = Functions(package)
        self._answers: dict[str, list[_Answer]] = defaultdict(list)
        self._examples = read_examples(package) if examples else None
        self._lock = threading.Lock()

    @overload
    def on(
        self, function: Callable[..., Awaitable[AsyncItemStream[T]]]
    ) -> FakeAnswers[Sequence[T]]: ...

    @overload
    def on(
        self, function: Callable[..., ItemStream[T]]
    ) -> FakeAnswers[Sequence[T]]: ...

    @overload
    def on(
        self, function: Callable[..., Paginator[Any, R] | AsyncPaginator[Any, R]]
    ) -> FakeAnswers[R]: ...

    @overload
    def on(self, function: Callable[..., Awaitable[R]]) -> FakeAnswers[R]: ...

    @overload
    def on(self, function: Callable[..., R]) -> FakeAnswers[R]: ...

    def on(self, function: Callable[..., Any]) -> FakeAnswers[Any]:
        """Say what a function is answered.

        Args:
            function: One of this package, or a method: ``client.pets.get_pet``. Its
                twin that is awaited is answered the same, and so is the one for all
                pages: with a page at a time.

        Raises:
            ValueError: It is no function of this package.
        """
        found = self._functions.find(function)
        return FakeAnswers(found, self._answers[found.module])

    def send(self, request: Request, deadline: float) -> Response:
        """Give the answer to a request.

        Raises:
            UnexpectedRequest: There is none.
        """
        matches = self._functions.match(request)
        if not matches:
            place = request.url.partition("?")[0]
            problem = "is no operation of this package"
            raise UnexpectedRequest(f"{request.method} {place} {problem}")
        match = max(matches, key=lambda each: self._fitness(each, request))
        recorded = record(request, match, self._functions.secret_keys)
        with self._lock:
            self.requests.append(recorded)
            answer = self._next(match.function)
        return answer.make(recorded)

    def close(self) -> None:
        """Do nothing: there is no connection."""

    def _fitness(self, match: Match, request: Request) -> tuple[int, bool]:
        function = match.function
        return how_well(function, request), bool(self._answers.get(function.module))

    def _next(self, function: Function) -> _Answer:
        answers = self._answers.get(function.module)
        if answers:
            return answers.pop(0) if len(answers) > 1 else answers[0]
        if self._examples is not None:
            example = example_of(function, self._examples)
            if example is not None:
                return _always(example)
        told = [
            module.rpartition(".")[2] for module, them in self._answers.items() if them
        ]
        there = f"there are answers to {', '.join(told)}" if told else "nothing has one"
        raise UnexpectedRequest(f"{function} has no answer; {there}")


class FakeAnswers(Generic[R]):
    """What a function is answered, in turn; the last answer is given from then on."""

    def __init__(self, function: Function, answers: list[_Answer]) -> None:
        self._function = function
        self._answers = answers

    def answer(
        self,
        value: R | Whole,
        *,
        status: int | None = None,
        content_type: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Self:
        """Answer with what the function is to return: of a stream, a list of items.

        A result comes in the least envelope there is, unless the Whole is given.

        Args:
            status: The status, where the description has several.
            content_type: The media type, likewise.

        Raises:
            NotDescribed: The description has no such answer.
        """
        choice = Choice(status=status, content_type=content_type, headers=headers)
        return self.respond(make_success(self._function, value, choice))

    def answer_with(
        self, handler: Callable[[RecordedRequest], R | Whole | Response]
    ) -> Self:
        """Answer with what a function makes of the request.

        What it raises leaves the transport: ``ConnectionFailed`` is how an API looks
        that can't be reached.

        Raises:
            TypeError: It can't be called with a request, or would have to be awaited.
            ValueError: There is a handler already, from another ``on``.
        """
        check_handler(self._function, handler)
        if any(each.handler_of not in (None, self) for each in self._answers):
            problem = "has a handler already, and would ask it first"
            way_out = "give what comes in turn to one on(...)"
            raise ValueError(f"{self._function} {problem}; {way_out}")

        def answer(request: RecordedRequest) -> Response:
            given = handler(request)
            check_given(self._function, handler, given)
            if isinstance(given, Response):
                return given
            return make_success(self._function, given, Choice())

        self._answers.append(_Answer(answer, self))
        return self

    def fail(
        self,
        status: int,
        body: object = UNSET,
        *,
        content_type: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Self:
        """Answer with an error of the description.

        With a success status, the envelope tells of it; the body is then its errors.

        Raises:
            NotDescribed: The description has no such error.
        """
        choice = Choice(status=status, content_type=content_type, headers=headers)
        return self.respond(make_error(self._function, body, choice))

    def respond(self, response: Response) -> Self:
        """Answer with a response, whatever the description says."""
        headers = lower_names(response.headers)
        whole = Response(response.status, headers, response.content)
        self._answers.append(_always(whole))
        return self


def _always(response: Response) -> _Answer:
    """Answer the same, whatever the request is."""

    def make(_: RecordedRequest) -> Response:
        return copy_response(response)

    return _Answer(make)
