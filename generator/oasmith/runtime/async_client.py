# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""The client whose calls are awaited.

It has a module of its own because asyncio takes longer to import than all the rest.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from copy import copy
from functools import partial
from typing import Any, ParamSpec, Self, TypeVar, Unpack

from .async_transport import AsyncTransport
from .call import Step, Steps
from .cancellation import Cancellation
from .client import BaseClient
from .errors import TransportError
from .operation import Operation
from .options import OptionChanges
from .request import Request
from .response import Response
from .streams import ItemStream
from .transport import Transport

P = ParamSpec("P")
R = TypeVar("R")

_LARGE = 1024 * 1024
"""From how many bytes on a body is decoded on a thread."""


class BaseAsyncClient:
    """Carries out the calls of a client, and lets them be awaited.

    An asynchronous transport is awaited, too. With any other the calls run on threads
    of this client. A cancelled call ends at once, and its connection is closed.

    Args:
        client: What knows how to carry out a call.
        transport: What carries the requests, instead of the client's transport.
        max_concurrency: How many calls may be under way at once.
    """

    def __init__(
        self,
        client: BaseClient,
        *,
        transport: Transport | AsyncTransport | None = None,
        max_concurrency: int = 32,
    ) -> None:
        self._transport: AsyncTransport | None = None
        if isinstance(transport, AsyncTransport):
            self._transport = transport
        elif transport is not None:
            client = client.with_transport(transport)
        self._client = client
        self._slots = asyncio.Semaphore(max_concurrency)
        self._threads = ThreadPoolExecutor(max_concurrency, "oasmith")
        self._under_way: set[Cancellation] = set()

    def with_options(self, **changes: Unpack[OptionChanges]) -> Self:
        """A client like this one, and with the same connections and threads.

        Args:
            changes: What is not as it is here; ``Options`` says what there is.
        """
        other = copy(self)
        other._client = self._client.with_options(**changes)
        return other

    async def send(self, operation: Operation[R], request: Request) -> R:
        """Carry out an operation within the time that a call may take."""
        deadline = self._client.deadline()
        if self._transport is None:
            return await self._send_on_thread(deadline, operation, request)
        with self._client.begin_call(deadline, operation, request) as call:
            async with self._slots:
                run = self._run if call.runs_functions else _run_here
                driver = _Driver(call.steps(), self._transport, deadline, run)
                response = await driver.carry_out()
            is_whole = not operation.streams
            if is_whole and len(response.content) > _LARGE:
                return await self._run(operation.read, response)
            return operation.read(response)

    async def close(self) -> None:
        """Close the connections, also those of clients made by ``with_options``.

        Calls that are under way on threads fail.
        """
        for cancellation in list(self._under_way):
            cancellation.cancel()
        self._threads.shutdown(wait=False, cancel_futures=True)
        if self._transport is not None:
            await self._transport.close_async()
        self._client.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.close()

    async def _send_on_thread(
        self, deadline: float, operation: Operation[R], request: Request
    ) -> R:
        cancellation = Cancellation()
        send = self._client.send_before
        job = self._submit(send, deadline, operation, request, cancellation)
        self._under_way.add(cancellation)
        try:
            return await _result_of(job)
        except asyncio.CancelledError:
            cancellation.cancel()
            job.add_done_callback(_close_result)
            raise
        finally:
            self._under_way.discard(cancellation)

    async def _run(
        self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        return await _result_of(self._submit(function, *args, **kwargs))

    def _submit(
        self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs
    ) -> Future[R]:
        # What is called sees the context variables of the caller.
        call = partial(function, *args, **kwargs)
        return self._threads.submit(copy_context().run, call)


class _Driver:
    """Does the steps of a call one after the other, and awaits each.

    Args:
        run: Awaits a function: what the call does between its steps.
    """

    def __init__(
        self,
        steps: Steps,
        transport: AsyncTransport,
        deadline: float,
        run: Callable[..., Any],
    ) -> None:
        self._steps = steps
        self._transport = transport
        self._deadline = deadline
        self._run = run

    async def carry_out(self) -> Response:
        step = await self._run(self._advance, None)
        while not isinstance(step, _End):
            try:
                outcome = await self._do(step)
            except TransportError as error:
                step = await self._run(self._advance, error)
            else:
                step = await self._run(self._advance, outcome)
        return step.response

    async def _do(self, step: Step) -> Response | None:
        match step:
            case Request():
                return await self._transport.send_async(step, self._deadline)
            case Response():
                await step.wait_async()
            case _:
                await asyncio.sleep(step)
        return None

    def _advance(self, outcome: Response | TransportError | None) -> Step | _End:
        """Tell the call what came of a step, and give the next one."""
        try:
            if isinstance(outcome, TransportError):
                return self._steps.throw(outcome)
            return self._steps.send(outcome)
        except StopIteration as end:
            return _End(end.value)


class _End:
    """There are no more steps; futures can't hold a StopIteration."""

    def __init__(self, response: Response) -> None:
        self.response = response


async def _result_of(job: Future[R]) -> R:
    """Await what a thread does; a cancelled wait cancels it if it has not begun."""
    with suppress(TimeoutError):
        return await asyncio.wrap_future(job)
    # What asyncio raised is a copy, and this is the one that was raised there.
    return job.result()


async def _run_here(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    return function(*args, **kwargs)


def _close_result(job: Future[Any]) -> None:
    """Give up a body that nobody is there to read any more."""
    if not job.cancelled() and job.exception() is None:
        result = job.result()
        if isinstance(result, Response | ItemStream):
            result.close()
