# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""The response beside what a function made of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Concatenate, Generic, ParamSpec, TypeVar

from .operation import AsyncSender, Operation, Sender
from .request import Request, Response

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
    recorder = _Recorder(client)
    value = function(recorder, *args, **kwargs)
    return WithResponse(value, recorder.responses[-1])


async def with_response_async(
    function: Callable[Concatenate[AsyncSender, P], Awaitable[T]],
    client: AsyncSender,
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> WithResponse[T]:
    """Await a function of this package, and keep the response too."""
    recorder = _AsyncRecorder(client)
    value = await function(recorder, *args, **kwargs)
    return WithResponse(value, recorder.responses[-1])


class _Recorder:
    def __init__(self, client: Sender) -> None:
        self._client = client
        self.responses: list[Response] = []

    def send(self, operation: Operation[R], request: Request) -> R:
        return self._client.send(_recording(operation, self.responses), request)


class _AsyncRecorder:
    def __init__(self, client: AsyncSender) -> None:
        self._client = client
        self.responses: list[Response] = []

    async def send(self, operation: Operation[R], request: Request) -> R:
        return await self._client.send(_recording(operation, self.responses), request)


def _recording(operation: Operation[R], responses: list[Response]) -> Operation[R]:
    """The same operation, but each response that it reads is kept."""

    def keep(read: Callable[[Response], R]) -> Callable[[Response], R]:
        def read_and_keep(response: Response) -> R:
            responses.append(response)
            return read(response)

        return read_and_keep

    kept = {status: keep(read) for status, read in operation.responses.items()}
    return replace(operation, responses=kept)
