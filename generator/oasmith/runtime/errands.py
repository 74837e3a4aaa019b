# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Errands: what one call begins for all that need it, as fetching a token is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, Any, Self

from .call import Steps, Wait, carry_on
from .errors import TransportError

if TYPE_CHECKING:
    from .cancellation import Cancellation
    from .transport import Transport


class SteppedTokenSource(ABC):
    """A TokenSource that says step by step how, so that no thread is held for it."""

    @abstractmethod
    def token_steps(self, deadline: float) -> Steps[str]:
        """Lead to a token before ``time.monotonic()`` comes to the deadline.

        Raises:
            ApiError: There is none in time.
        """


class Errand:
    """Steps that one call begins for all that need what they lead to.

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
        """What it led to, an error if it failed, or None if it was given up.

        An error is a mistake in what did it, such as a transport of the caller's own,
        and all that waited raise this one: nobody knows how to copy any error.
        """
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


def wait_for(wait: Wait, transport: Transport) -> None:
    """Do an errand, or wait until another thread or event loop has done it."""
    errand = wait.errand
    if (steps := errand.begin()) is not None:
        run_errand(errand, steps, transport, until=wait.until)
    else:
        is_waiting = Lock()
        is_waiting.acquire()
        errand.when_over(is_waiting.release)
        is_waiting.acquire(timeout=wait.seconds)


def run_errand(
    errand: Errand,
    steps: Steps[Any],
    transport: Transport,
    *,
    until: float,
    cancellation: Cancellation | None = None,
) -> None:
    """Do the steps of an errand that was begun, and end it.

    Args:
        until: How long there is time for that here.
    """
    with errand:
        try:
            used, deadline = errand.transport or transport, min(until, errand.until)
            outcome = carry_on(steps, used, deadline, cancellation)
        except TransportError:
            if cancellation is not None and cancellation.is_cancelled:
                errand.end()  # Others, who know nothing of that, may try.
            raise
        errand.end(outcome)
