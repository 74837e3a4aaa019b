# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Bodies that arrive on an event loop, and can be waited for from other threads."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from ..errors import ApiError, Closed, TransportError
from ..http1 import LONGEST_REST, PATIENCE
from ..response import LONGEST_ERROR
from ..unpack import MOST_MEMBERS, Unpacker
from ..wire import remaining

T = TypeVar("T")

_CLOSED = "the response was closed before it was whole"


@dataclass(frozen=True, slots=True)
class Arriving:
    """A response of an asynchronous library."""

    status: int

    headers: dict[str, str]
    """By name in lower case; what was sent more than once is joined by ", "."""

    pieces: AsyncIterator[bytes]
    """The body as it is on the wire; an error if it is not whole."""

    close: Callable[[], Awaitable[object]]
    """Gives up what is left, or lets others use the connection if nothing is."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What holds for a body."""

    limit: int
    """How many bytes it may have when it is read as a whole, packed and unpacked."""

    deadline: float

    idle_timeout: float | None
    """The seconds to wait for each piece, where it is read piece by piece."""

    within: Callable[[float], AbstractAsyncContextManager[None]]
    """Gives what happens in it so many seconds, and turns its errors into ours."""


class LoopBody:
    """A body, to be awaited on its loop or read on another thread."""

    def __init__(self, arriving: Arriving, bounds: Bounds) -> None:
        self._loop = asyncio.get_running_loop()
        self._arriving = arriving
        self._bounds = bounds
        coding = arriving.headers.get("content-encoding", "").strip().lower()
        is_whole = bounds.idle_timeout is None
        self._unpacker = Unpacker(coding, MOST_MEMBERS if is_whole else None)
        self._waiting: Future[Any] | None = None
        self._closing: asyncio.Task[None] | None = None

    async def read_async(self, is_error: bool = False) -> bytes:
        """Give all of it, or the beginning where it is an error's."""
        try:
            async with self._bounds.within(remaining(self._bounds.deadline)):
                return await self._collect(is_error)
        finally:
            await self._arriving.close()

    def read(self) -> bytes:
        return self._wait_for(self.read_async())

    def __iter__(self) -> Iterator[bytes]:
        try:
            while packed := self._wait_for(self._next()):
                yield from self._unpacker.unpack(packed)
            self._unpacker.finish()
        finally:
            self.close()

    def finish(self) -> None:
        try:
            with suppress(ApiError):
                self._wait_for(self._pass_over())
        finally:
            self.close()

    def close(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
        with suppress(RuntimeError):  # The loop is closed, and its connections with it.
            self._loop.call_soon_threadsafe(self._begin_closing)

    async def _collect(self, is_error: bool) -> bytes:
        limit = LONGEST_ERROR if is_error else self._bounds.limit
        content = bytearray()
        size = 0
        async for packed in self._arriving.pieces:
            size += len(packed)
            for piece in self._unpacker.unpack(packed):
                content += piece
                if max(len(content), size) > limit:
                    if is_error:
                        return bytes(content[:limit])
                    raise TransportError(f"the response is larger than {limit} bytes")
        self._unpacker.finish()
        return bytes(content)

    async def _next(self) -> bytes:
        bounds = self._bounds
        seconds = bounds.idle_timeout or remaining(bounds.deadline)
        async with bounds.within(seconds):
            async for piece in self._arriving.pieces:
                if piece:
                    return piece
        return b""

    async def _pass_over(self) -> None:
        """Await the end of a body that should end now, but not for long."""
        left = LONGEST_REST
        async with self._bounds.within(PATIENCE):
            async for piece in self._arriving.pieces:
                left -= len(piece)
                if left < 0:
                    return

    def _wait_for(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Let the loop do something, and wait for it on this thread.

        Raises:
            TransportError: The response was closed, or its transport was.
            RuntimeError: This is the loop's own thread.
        """
        if _running_loop() is self._loop:
            coroutine.close()
            raise RuntimeError("this body is on its way to be awaited, not waited for")
        try:
            self._waiting = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        except RuntimeError:  # The loop is closed.
            coroutine.close()
            raise Closed(_CLOSED) from None
        try:
            result: T = self._waiting.result()
        except CancelledError:
            raise Closed(_CLOSED) from None
        finally:
            self._waiting = None
        return result

    def _begin_closing(self) -> None:
        self._closing = self._loop.create_task(self._close())

    async def _close(self) -> None:
        await self._arriving.close()


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
