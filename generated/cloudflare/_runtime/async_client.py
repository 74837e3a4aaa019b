# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""The client whose calls are awaited.

It has a module of its own because asyncio takes longer to import than all the rest.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import copy_context
from copy import copy
from functools import partial
from typing import Any, ParamSpec, Self, TypeVar, Unpack

from .async_transport import AsyncTransport
from .call import Step, Steps, Wait
from .cancellation import Cancellation
from .client import BaseClient
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
        self._errands: set[asyncio.Task[None]] = set()

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
                driver = _Driver(self._transport, deadline, run, self._wait)
                response = await driver.carry_out(call.steps())
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
        for task in list(self._errands):
            task.cancel()
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
        with (
            self._client.begin_call(deadline, operation, request) as call,
            self._ended_by_closing(cancellation),
        ):
            send, steps = self._client.send_on, call.steps()
            while True:
                job = self._submit(send, steps, deadline, operation, cancellation)
                result = await _result_of_cancellable(job, cancellation)
                if not isinstance(result, Wait):
                    return result
                # No thread is held for what another call does.
                await self._wait(result)
                cancellation.check()

    @contextmanager
    def _ended_by_closing(self, cancellation: Cancellation) -> Generator[None]:
        self._under_way.add(cancellation)
        try:
            yield
        finally:
            self._under_way.discard(cancellation)

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
        driver = _Driver(transport, errand.until, _run_here, self._wait)
        task = asyncio.create_task(_run_errand(errand, driver, steps))
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)
        # It may never have got to its first step.
        task.add_done_callback(lambda _: errand.end())

    def _begin_on_thread(self, errand: Errand, steps: Steps[Any]) -> None:
        cancellation = Cancellation()
        self._under_way.add(cancellation)

        def end(job: object = None) -> None:
            self._under_way.discard(cancellation)
            errand.end()

        try:
            job = self._submit(self._client.run_errand, errand, steps, cancellation)
        except RuntimeError:  # This client is closed.
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
        return self._threads.submit(copy_context().run, call)


class _Driver:
    """Does steps one after the other, and awaits each.

    Args:
        run: Awaits a function: what is done between the steps.
        wait: Awaits an errand.
    """

    def __init__(
        self,
        transport: AsyncTransport,
        deadline: float,
        run: Callable[..., Any],
        wait: Callable[[Wait], Awaitable[None]],
    ) -> None:
        self._transport = transport
        self._deadline = deadline
        self._run = run
        self._wait = wait

    async def carry_out(self, steps: Steps[R]) -> R:
        step = await self._run(_advance, steps, None)
        while not isinstance(step, _End):
            try:
                outcome = await self._do(step)
            except TransportError as error:
                step = await self._run(_advance, steps, error)
            else:
                step = await self._run(_advance, steps, outcome)
        result: R = step.result
        return result

    async def _do(self, step: Step) -> Response | None:
        match step:
            case Request():
                return await self._transport.send_async(step, self._deadline)
            case Response():
                await step.wait_async()
            case Wait():
                await self._wait(step)
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


async def _run_errand(errand: Errand, driver: _Driver, steps: Steps[Any]) -> None:
    with errand:
        errand.end(await driver.carry_out(steps))


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
