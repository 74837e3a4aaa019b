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
from .call import Step, Steps, Wait
from .cancellation import Cancellation
from .client import BaseClient
from .closing import CallUnderWay, UnderWay
from .errands import Errand
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
    of this client. A cancelled call ends at once, and its connection is closed; so does
    one whose client is closed, with a TransportError.

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
        self._under_way = UnderWay()

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
        with (
            self._client.begin_call(deadline, operation, request) as call,
            CallUnderWay(self._under_way),
        ):
            if self._transport is None:
                return await self._send_on_thread(call.steps(), deadline, operation)
            run = self._run if call.runs_functions else _run_here
            driver = _Driver(self._transport, deadline, run)
            response = await self._drive(driver, call.steps())
            is_whole = not operation.streams
            if is_whole and len(response.content) > _LARGE:
                return await self._run(operation.read, response)
            return operation.read(response)

    async def close(self) -> None:
        """Close the connections, also those of clients made by ``with_options``.

        Calls that are under way fail, and so do those that begin afterwards.
        """
        self._under_way.end()
        self._threads.shutdown(wait=False, cancel_futures=True)
        if self._transport is not None:
            await self._transport.close_async()
        self._client.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.close()

    async def _send_on_thread(
        self, steps: Steps[Response], deadline: float, operation: Operation[R]
    ) -> R:
        cancellation, send = Cancellation(), self._client.send_on
        # Its thread sends nothing more, even before its task gets to know why.
        self._under_way.add(cancellation.cancel)
        try:
            while True:
                job = self._submit(send, steps, deadline, operation, cancellation)
                result = await _result_of_cancellable(job, cancellation)
                if not isinstance(result, Wait):
                    return result
                # No thread is held for what another call does.
                await self._wait(result)
        finally:
            self._under_way.discard(cancellation.cancel)

    async def _drive(self, driver: _Driver, steps: Steps[R]) -> R:
        while True:
            async with self._slots:
                result = await driver.carry_on(steps)
            if not isinstance(result, Wait):
                return result
            # No place is held for what another call does.
            await self._wait(result)

    async def _wait(self, wait: Wait) -> None:
        """Begin an errand if nobody has, and await its end, but no longer than asked.

        It goes on if this is cancelled, for others may wait for it, too.
        """
        errand = wait.errand
        if (steps := errand.begin()) is not None:
            self._begin(errand, steps)
        loop = asyncio.get_running_loop()
        over = loop.create_future()
        errand.when_over(partial(_wake, loop, over))
        await asyncio.wait([over], timeout=wait.seconds)

    def _begin(self, errand: Errand, steps: Steps[Any]) -> None:
        transport = errand.transport or self._transport
        if not isinstance(transport, AsyncTransport):
            self._begin_on_thread(errand, steps)
            return
        driver = _Driver(transport, errand.until, _run_here)
        task = asyncio.create_task(self._run_errand(errand, driver, steps))
        self._under_way.add(task.cancel)

        def end(done: object) -> None:
            self._under_way.discard(task.cancel)
            errand.end()  # It may never have got to its first step.

        task.add_done_callback(end)

    async def _run_errand(
        self, errand: Errand, driver: _Driver, steps: Steps[Any]
    ) -> None:
        with errand:
            errand.end(await self._drive(driver, steps))

    def _begin_on_thread(self, errand: Errand, steps: Steps[Any]) -> None:
        cancellation = Cancellation()

        def end(job: object = None) -> None:
            self._under_way.discard(cancellation.cancel)
            errand.end()

        self._under_way.add(cancellation.cancel)
        try:
            job = self._submit(self._client.run_errand, errand, steps, cancellation)
        except BaseException:
            end()
            raise
        job.add_done_callback(end)

    async def _run(
        self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        job = self._submit(function, *args, **kwargs)
        try:
            return await _result_of(job)
        except asyncio.CancelledError:
            job.add_done_callback(_close_result)
            raise

    def _submit(
        self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs
    ) -> Future[R]:
        # What is called sees the context variables of the caller.
        call = partial(function, *args, **kwargs)
        try:
            return self._threads.submit(copy_context().run, call)
        except RuntimeError:
            self._under_way.check()
            raise


class _Driver:
    """Does steps one after the other, and awaits each.

    Args:
        run: Awaits a function: what is done between the steps.
    """

    def __init__(
        self,
        transport: AsyncTransport,
        deadline: float,
        run: Callable[..., Any],
    ) -> None:
        self._transport = transport
        self._deadline = deadline
        self._run = run

    async def carry_on(self, steps: Steps[R]) -> R | Wait:
        """Do them to their end, or to where an errand is to be waited for.

        Called again with the same steps, it goes on with them.
        """
        step = await self._run(_advance, steps, None)
        while not isinstance(step, _End):
            if isinstance(step, Wait):
                return step
            try:
                outcome = await self._do(step)
            except TransportError as error:
                step = await self._run(_advance, steps, error)
            else:
                step = await self._run(_advance, steps, outcome)
        result: R = step.result
        return result

    async def _do(self, step: Request | Response | float) -> Response | None:
        match step:
            case Request():
                return await self._transport.send_async(step, self._deadline)
            case Response():
                await step.wait_async()
            case _:
                await asyncio.sleep(step)
        return None


def _advance(
    steps: Steps[Any], outcome: Response | TransportError | None
) -> Step | _End:
    """Tell what came of a step, and give the next one."""
    try:
        if isinstance(outcome, TransportError):
            return steps.throw(outcome)
        return steps.send(outcome)
    except StopIteration as end:
        return _End(end.value)


class _End:
    """There are no more steps; futures can't hold a StopIteration."""

    def __init__(self, result: Any) -> None:
        self.result = result


def _wake(loop: asyncio.AbstractEventLoop, over: asyncio.Future[None]) -> None:
    """Let who awaits go on, from another thread, if there is anybody left."""
    with suppress(RuntimeError):  # The loop is closed.
        loop.call_soon_threadsafe(_set_done, over)


def _set_done(over: asyncio.Future[None]) -> None:
    if not over.done():
        over.set_result(None)


async def _result_of(job: Future[R]) -> R:
    """Await what a thread does; a cancelled wait cancels it if it has not begun."""
    with suppress(TimeoutError):
        return await asyncio.wrap_future(job)
    # What asyncio raised is a copy, and this is the one that was raised there.
    return job.result()


async def _result_of_cancellable(job: Future[R], cancellation: Cancellation) -> R:
    """Await what a thread does; a cancelled wait ends what the thread waits for."""
    try:
        return await _result_of(job)
    except asyncio.CancelledError:
        cancellation.cancel()
        job.add_done_callback(_close_result)
        raise


async def _run_here(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    return function(*args, **kwargs)


def _close_result(job: Future[Any]) -> None:
    """Give up a body that nobody is there to read any more."""
    if not job.cancelled() and job.exception() is None:
        result = job.result()
        if isinstance(result, _End):
            result = result.result
        if isinstance(result, Response | ItemStream):
            result.close()
