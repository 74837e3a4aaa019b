"""Runs a function in a process of its own, beside what goes on here."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

T = TypeVar("T")


class Background(Generic[T]):
    """A call under way; without fork it is made when its result is asked for.

    Forking is what makes it cheap: the child has the arguments already, and imports
    what it needs while the parent does the same.
    """

    def __init__(self, function: Callable[[], T]) -> None:
        self._function = function
        self._results: Connection | None = None
        if (
            sys.platform != "win32"
            and "fork" in multiprocessing.get_all_start_methods()
        ):
            context = multiprocessing.get_context("fork")
            self._results, sender = context.Pipe(duplex=False)
            self._process = context.Process(
                target=self._run, args=(sender,), daemon=True
            )
            self._process.start()
            sender.close()

    def result(self) -> T:
        """Wait for the result; a call that died is made again, here."""
        if self._results is None:
            return self._function()
        try:
            result: T = self._results.recv()
        except EOFError:
            return self._function()
        finally:
            self._results.close()
            self._process.join()
        return result

    def _run(self, sender: Connection) -> None:
        # Ctrl-C is the parent's affair; it ends this process when it ends itself.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        sender.send(self._function())
        sender.close()
