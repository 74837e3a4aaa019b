# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""A response as it arrives, instead of what a function makes of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Concatenate, ParamSpec, TypeVar

from .async_streams import AsyncItemStream
from .operation import AsyncSender, Operation, Sender
from .response import Response
from .streams import ItemStream
from .with_response import AsyncRecorder, Recorder

P = ParamSpec("P")
R = TypeVar("R")


def open_response(
    function: Callable[Concatenate[Sender, P], object],
    client: Sender,
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> Response:
    """Call a function of this package, and read the body of the response oneself.

    ``with open_response(get_file, client, "id") as response`` may be followed by
    ``response.save_to(path)`` or ``for piece in response``. Its status is any that is
    not an error's.
    """
    recorder = Recorder(client, _keep_open)
    function(recorder, *args, **kwargs)
    return recorder.last


async def open_response_async(
    function: Callable[Concatenate[AsyncSender, P], Awaitable[object]],
    client: AsyncSender,
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> AsyncItemStream[bytes]:
    """Await a function of this package, and read the body of the response oneself.

    The pieces of the body are awaited: ``async for piece in stream``; what else the
    server answered is ``stream.response``.
    """
    recorder = AsyncRecorder(client, _keep_open)
    await function(recorder, *args, **kwargs)
    response = recorder.last
    return AsyncItemStream(ItemStream(response, iter(response)))


def _keep_open(operation: Operation[R], responses: list[Response]) -> Operation[R]:
    """An operation that leaves the body of its response to whoever has the list."""

    def keep(response: Response) -> Any:
        responses.append(response)
        return ItemStream(response, iter(response))

    return replace(operation, responses={"default": keep}, streams=True)
