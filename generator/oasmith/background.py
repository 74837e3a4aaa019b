"""Runs a function in a process of its own, beside what goes on here."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Generic, TypeVar

from .recursion import deep_recursion

A = TypeVar("A")
T = TypeVar("T")


class Background(Generic[A, T]):
    """A function that gets ready before its argument is known, and is called once.

    Without fork it is called when its result is asked for.

    Args:
        function: What is called.
        prepare: What can be done without the argument, such as imports.
    """

    def __init__(
        self, function: Callable[[A], T], prepare: Callable[[], object]
    ) -> None:
        self._function = function
        self._prepare = prepare
        self._pipe: Connection | None = None

    def __enter__(self) -> Background[A, T]:
        if (
            sys.platform != "win32"
            and "fork" in multiprocessing.get_all_start_methods()
        ):
            context = multiprocessing.get_context("fork")
            self._pipe, other_end = context.Pipe()
            self._process = context.Process(
                target=self._run, args=(self._pipe, other_end), daemon=True
            )
            self._process.start()
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

    def start(self, argument: A) -> None:
        """Hand over the argument."""
        self._argument = argument
        if self._pipe is not None:
            with suppress(OSError):
                self._pipe.send(argument)

    def result(self) -> T:
        """Wait for the result; a call that died is made again, here."""
        if self._pipe is not None:
            with suppress(EOFError, OSError):
                result: T = self._pipe.recv()
                return result
        return self._function(self._argument)

    def _run(self, parents_end: Connection, pipe: Connection) -> None:
        # Ctrl-C is the parent's affair; it ends this process when it ends itself.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        parents_end.close()
        self._prepare()
        try:
            argument = pipe.recv()
        except EOFError:
            return  # The parent has nothing to ask.
        with deep_recursion():
            pipe.send(self._function(argument))
