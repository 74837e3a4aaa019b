# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""The response beside what a function made of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Concatenate, Generic, ParamSpec, Protocol, TypeVar

from .errors import InvalidArgument
from .operation import AsyncSender, Operation, Sender
from .request import Request
from .response import Response

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WithResponse(Generic[T]):
    """What a function returned, and the response that it came from."""

    value: T
    response: Response


def with_response(
    function: Callable[Concatenate[Sender, P], T],
    client: Sender,
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> WithResponse[T]:
    """Call a function of this package, and keep the response too.

    ``with_response(get_pet, client, "id")`` is like ``get_pet(client, "id")``.
    """
    recorder = Recorder(client, keep_read)
    value = function(recorder, *args, **kwargs)
    return WithResponse(value, recorder.last)


async def with_response_async(
    function: Callable[Concatenate[AsyncSender, P], Awaitable[T]],
    client: AsyncSender,
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> WithResponse[T]:
    """Await a function of this package, and keep the response too."""
    recorder = AsyncRecorder(client, keep_read)
    value = await function(recorder, *args, **kwargs)
    return WithResponse(value, recorder.last)


class Recorder:
    """A client that keeps the responses.

    Args:
        client: What carries out the operations.
        keep: Makes an operation of which each response is added to the list.
    """

    def __init__(self, client: Sender, keep: Keep) -> None:
        self._client = client
        self._keep = keep
        self.responses: list[Response] = []

    @property
    def last(self) -> Response:
        return _last(self.responses)

    def send(self, operation: Operation[R], request: Request) -> R:
        return self._client.send(self._keep(operation, self.responses), request)


class AsyncRecorder:
    """A client that keeps the responses, and whose calls are awaited."""

    def __init__(self, client: AsyncSender, keep: Keep) -> None:
        self._client = client
        self._keep = keep
        self.responses: list[Response] = []

    @property
    def last(self) -> Response:
        return _last(self.responses)

    async def send(self, operation: Operation[R], request: Request) -> R:
        return await self._client.send(self._keep(operation, self.responses), request)


class Keep(Protocol):
    def __call__(
        self, operation: Operation[R], responses: list[Response], /
    ) -> Operation[R]: ...


def _last(responses: list[Response]) -> Response:
    if not responses:
        raise InvalidArgument("function", "must be one that sends something at once")
    return responses[-1]


def keep_read(operation: Operation[R], responses: list[Response]) -> Operation[R]:
    """The same operation, but each response that it reads is kept."""
    return noting(operation, responses.append)


def noting(operation: Operation[R], note: Callable[[Response], object]) -> Operation[R]:
    """The same operation, but each response is noted before it is read."""

    def keep(read: Callable[[Response], R]) -> Callable[[Response], R]:
        def note_and_read(response: Response) -> R:
            note(response)
            return read(response)

        return note_and_read

    kept = {status: keep(read) for status, read in operation.responses.items()}
    return replace(operation, responses=kept)
