# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""What a client that awaits has under way, which ends when the client is closed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Self

from .errors import Closed

_CLOSED = "the client was closed"


class UnderWay:
    """All that is to end when the client is closed, by the function that ends it."""

    def __init__(self) -> None:
        self._ends: set[Callable[[], object]] = set()
        self._is_closed = False

    def add(self, end: Callable[[], object]) -> None:
        """Note what is under way; if the client is closed by now, it ends at once."""
        # In this order, as another thread may be closing it.
        self._ends.add(end)
        if self._is_closed:
            end()

    def discard(self, end: Callable[[], object]) -> None:
        self._ends.discard(end)

    def check(self) -> None:
        """Let something begin only if the client is not closed.

        Raises:
            TransportError: It is.
        """
        if self._is_closed:
            raise Closed(_CLOSED)

    def end(self) -> None:
        """End all of it, now and from now on."""
        self._is_closed = True
        for end in list(self._ends):
            end()


class CallUnderWay:
    """What a task does within ``with`` ends with a TransportError on closing.

    It works as ``asyncio.timeout`` does: what the task awaits in there is cancelled,
    and to all around it the task is not.
    """

    def __init__(self, under_way: UnderWay) -> None:
        self._under_way = under_way
        self._task: asyncio.Task[Any] | None = None
        self._is_ended = False

    def __enter__(self) -> Self:
        self._under_way.check()
        self._loop = asyncio.get_running_loop()
        task = self._task = asyncio.current_task()
        assert task is not None, "only tasks await"
        self._cancelling = task.cancelling()
        self._under_way.add(self._end)
        return self

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        self._under_way.discard(self._end)
        task, self._task = self._task, None
        if self._is_ended and task is not None:
            is_all = task.uncancel() <= self._cancelling
            if is_all and isinstance(error, asyncio.CancelledError):
                raise Closed(_CLOSED) from None

    def _end(self) -> None:
        """Have the task woken on its own event loop."""
        if asyncio.get_running_loop() is self._loop:
            self._cancel()
        else:
            with suppress(RuntimeError):  # The loop is closed.
                self._loop.call_soon_threadsafe(self._cancel)

    def _cancel(self) -> None:
        if self._task is not None and not self._is_ended:
            self._is_ended = True
            self._task.cancel()
