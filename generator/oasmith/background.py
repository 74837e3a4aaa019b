"""Runs a function in a process of its own, beside what goes on here."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Generic, NamedTuple, NoReturn, TypeVar

from .held_signals import signals_held
from .recursion import deep_recursion

A = TypeVar("A")
T = TypeVar("T")


class Background(Generic[A, T]):
    """A function that gets ready before its argument is known, and is called once.

    Without fork it is called when its result is asked for.

    Args:
        function: What is called.
        prepare: What can be done without the argument, such as imports.
        has_processes: Whether the function has processes of its own, which are to end
            with it.
    """

    def __init__(
        self,
        function: Callable[[A], T],
        prepare: Callable[[], object],
        *,
        has_processes: bool = False,
    ) -> None:
        self._function = function
        self._prepare = prepare
        self._has_processes = has_processes
        self._pipe: Connection | None = None

    def __enter__(self) -> Background[A, T]:
        if (
            sys.platform != "win32"
            and "fork" in multiprocessing.get_all_start_methods()
        ):
            context = multiprocessing.get_context("fork")
            pipe, other_end = context.Pipe()
            self._process = context.Process(
                target=self._run,
                args=(pipe, other_end),
                daemon=not self._has_processes,
            )
            try:
                # That one has time to see to its signals, and this one to take note.
                with signals_held():
                    self._process.start()
                    self._pipe = pipe
            except BaseException:  # Nobody else knows of the process yet.
                self.__exit__(None, None, None)
                raise
            other_end.close()
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._pipe is not None:
            self._pipe.close()
            self._process.terminate()
            self._process.join()

    @property
    def pipe(self) -> Connection | None:
        """What can be read once there is a result; none without a process."""
        return self._pipe

    def start(self, argument: A) -> None:
        """Hand over the argument."""
        self._argument = argument
        if self._pipe is not None:
            with suppress(OSError):
                self._pipe.send(argument)

    def result(self) -> T:
        """Wait for the result; a call that died is made again, here.

        Raises:
            Exception: What the function raised.
        """
        if self._pipe is not None:
            with suppress(EOFError, OSError):
                outcome: _Returned[T] | _Raised = self._pipe.recv()
                if isinstance(outcome, _Raised):
                    raise outcome.error
                return outcome.result
        return self._function(self._argument)

    def _run(self, parents_end: Connection, pipe: Connection) -> None:
        # Ctrl-C is the parent's affair; it ends this process when it ends itself.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        end = _leave if self._has_processes else signal.SIG_DFL
        signal.signal(signal.SIGTERM, end)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
        parents_end.close()
        self._prepare()
        try:
            argument = pipe.recv()
        except EOFError:
            return  # The parent has nothing to ask.
        outcome: _Returned[T] | _Raised
        try:
            with deep_recursion():
                outcome = _Returned(self._function(argument))
        except Exception as error:  # Whatever it is, the parent tells of it.
            outcome = _Raised(error)
        # The parent may have gone in the meantime.
        with suppress(OSError):
            pipe.send(outcome)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _leave(number: int, frame: object) -> NoReturn:
    """End this process as an exception would, which ends those that it has made."""
    raise SystemExit(number)


class _Returned(NamedTuple, Generic[T]):
    result: T


class _Raised(NamedTuple):
    error: Exception
