# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Steps: what is to be done next, and the driver that does it and blocks.

Whoever makes steps does nothing that takes time. It says what is to be done and is told
what came of it, so the same rules hold for clients that block and for those that await.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import suppress
from threading import TIMEOUT_MAX, Lock
from typing import TYPE_CHECKING, Any, Self, TypeVar

from .errors import TransportError
from .request import Request
from .response import Response

if TYPE_CHECKING:
    from .cancellation import Cancellation
    from .transport import Transport

T = TypeVar("T")


class Errand:
    """What one call begins for all that need it, and what comes of it.

    It is no call's own: those that wait for it may come and go, on any thread or event
    loop. If it is given up, it is over without an outcome.

    Args:
        steps: Lead to the outcome.
        until: When ``time.monotonic()`` comes to it, it has ended or is lost.
        transport: What carries its requests, instead of that of whoever begins it.
    """

    def __init__(
        self,
        steps: Callable[[], Steps[Any]],
        until: float,
        transport: Transport | None = None,
    ) -> None:
        self.until = until
        self.transport = transport
        self.is_over = False
        self.outcome: Any = None
        """What it led to, an error if it failed, or None if it was given up."""
        # Taking from a list is one act; a lock might be held when garbage is collected.
        self._to_begin = [steps]
        self._waiting: list[Callable[[], object]] = []

    def begin(self) -> Steps[Any] | None:
        """Give the steps to the first who asks, who has to do them and to end it."""
        with suppress(IndexError):
            return self._to_begin.pop()()
        return None

    def end(self, outcome: Any = None) -> None:
        """Tell what came of it to those that wait; only the first word counts."""
        if not self.is_over:
            self.outcome = outcome
            self.is_over = True
        self._wake()

    def when_over(self, wake: Callable[[], object]) -> None:
        """Have a function called once it is over, on whatever thread that is."""
        self._waiting.append(wake)
        if self.is_over:
            self._wake()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, traceback: object) -> bool:
        """End it, with the error of its steps if there is one: all get to know that."""
        has_failed = isinstance(error, Exception)
        self.end(error if has_failed else None)
        return has_failed

    def _wake(self) -> None:
        with suppress(IndexError):
            while True:
                self._waiting.pop()()


class Wait:
    """See to it that an errand is begun, and wait until it is over, or for a time."""

    __slots__ = ("errand", "until")

    def __init__(self, errand: Errand, until: float) -> None:
        self.errand = errand
        self.until = until

    @property
    def seconds(self) -> float:
        return min(max(0.0, self.until - time.monotonic()), TIMEOUT_MAX)


Step = Request | Response | float | Wait
"""What is to be done: send a request, wait for a response's body, sleep so long, or
wait for what may be another call's doing."""

Steps = Generator[Step, Response | None, T]
"""Is told the response to each request, and leads to something. What goes wrong is
thrown into it."""


def carry_out(steps: Steps[T], transport: Transport, deadline: float) -> T:
    """Do steps one after the other, and wait for each.

    Raises:
        TransportError: No response arrived in time.
    """
    while isinstance(result := carry_on(steps, transport, deadline), Wait):
        _wait(result, transport)
    return result


def carry_on(
    steps: Steps[T],
    transport: Transport,
    deadline: float,
    cancellation: Cancellation | None = None,
) -> T | Wait:
    """Do steps as ``carry_out`` does, but leave it to the caller to wait for an errand.

    Called again with the same steps, it goes on with them.

    Raises:
        TransportError: No response arrived in time, or the call was cancelled.
    """
    answer: Response | None
    try:
        step = steps.send(None)
        while True:
            try:
                answer = None
                match step:
                    case Request():
                        if cancellation is not None:
                            step = _cancellable(step, cancellation)
                        answer = transport.send(step, deadline)
                    case Response():
                        step.wait()
                    case Wait():
                        return step
                    case _ if cancellation is None:
                        time.sleep(step)
                    case _:
                        cancellation.pause(step)
            except TransportError as error:
                if cancellation is not None:
                    cancellation.check()
                step = steps.throw(error)
            else:
                step = steps.send(answer)
    except StopIteration as end:
        result: T = end.value
        return result


def run_errand(
    errand: Errand,
    steps: Steps[Any],
    transport: Transport,
    cancellation: Cancellation | None = None,
) -> None:
    """Do the steps of an errand that was begun, and end it."""
    with errand:
        try:
            used = errand.transport or transport
            outcome = carry_on(steps, used, errand.until, cancellation)
        except TransportError:
            if cancellation is not None and cancellation.is_cancelled:
                errand.end()  # Others, who know nothing of that, may try.
            raise
        errand.end(outcome)


def _wait(wait: Wait, transport: Transport) -> None:
    errand = wait.errand
    if (steps := errand.begin()) is not None:
        run_errand(errand, steps, transport)
    else:
        is_waiting = Lock()
        is_waiting.acquire()
        errand.when_over(is_waiting.release)
        is_waiting.acquire(timeout=wait.seconds)


def _cancellable(request: Request, cancellation: Cancellation) -> Request:
    return Request(
        request.method,
        request.url,
        request.headers,
        request.content,
        request.idle_timeout,
        cancellation,
    )
