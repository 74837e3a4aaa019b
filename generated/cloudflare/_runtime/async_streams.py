# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Streams whose items are awaited."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from .streams import ItemStream

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T_co = TypeVar("T_co", covariant=True)


class AsyncItemStream(Generic[T_co]):
    """Items in the order in which they arrive, to be gone through once.

    It holds a connection and a thread until the last item or until it is closed, which
    ``async with`` does at the end of its block. Each item may take as long as the
    client's timeout. When waiting for an item is cancelled, the next wait gets it.
    """

    def __init__(self, stream: ItemStream[T_co]) -> None:
        self.response = stream.response
        self._stream = stream
        self._thread: ThreadPoolExecutor | None = None
        self._pending: Future[tuple[T_co] | None] | None = None

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T_co:
        """Wait for the next item.

        Raises:
            TransportError: The server hung up, or sent nothing in time.
            DecodeError: It sent something else than what its description promises.
        """
        job = self._pending = self._pending or self._start().submit(self._next)
        # When this wait is cancelled, the next one gets what has arrived meanwhile.
        await _wait_for(job)
        self._pending = None
        item = job.result()
        if item is None:
            await self.close()
            raise StopAsyncIteration
        return item[0]

    async def close(self) -> None:
        """Give up what has not arrived yet."""
        self._stream.close()
        if self._thread is not None:
            self._thread.shutdown(wait=False)
            self._thread = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.close()

    def _next(self) -> tuple[T_co] | None:
        """Give the next item, or None at the end: a future can't hold StopIteration."""
        for item in self._stream:
            return (item,)
        return None

    def _start(self) -> ThreadPoolExecutor:
        from concurrent.futures import ThreadPoolExecutor

        self._thread = self._thread or ThreadPoolExecutor(1, "oasmith-stream")
        return self._thread


async def _wait_for(job: Future[Any]) -> None:
    """Wait until a job is done, and leave to others what came of it.

    A future of the loop would complain of an error that nobody takes from it.
    """
    # Who awaits nothing should not pay for this import.
    from asyncio import Event, get_running_loop

    loop, arrived = get_running_loop(), Event()

    def tell(_: object) -> None:
        with suppress(RuntimeError):  # The loop is closed, and nobody waits.
            loop.call_soon_threadsafe(arrived.set)

    job.add_done_callback(tell)
    await arrived.wait()
