"""Shares work out to forked processes, where there is enough of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import TypeVar

from ..background import Background

P = TypeVar("P")
T = TypeVar("T")

_cores: ContextVar[int | None] = ContextVar("cores", default=None)


def count_cores() -> int:
    """The processors that forked processes can use (macOS does not bear forking)."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    granted = _cores.get()
    return cores if granted is None else min(cores, granted)


@contextmanager
def cores_granted(count: int) -> Generator[None]:
    """Let what runs in the block use so many processors and no more."""
    token = _cores.set(max(count, 1))
    try:
        yield
    finally:
        _cores.reset(token)


def map_shares(
    function: Callable[[Sequence[P]], T], items: Sequence[P], least: int
) -> list[T]:
    """Call a function for shares of some items, each in a process; one is this one.

    Args:
        least: With fewer items than this for a process, starting it costs more.
    """
    processes = max(min(count_cores(), len(items) // least), 1)
    shares = [items[index::processes] for index in range(processes)]

    def work(index: int) -> T:
        with cores_granted(1):
            return function(shares[index])

    with ExitStack() as stack:
        others = [
            stack.enter_context(Background(work, _do_nothing))
            for _ in range(1, processes)
        ]
        for index, other in enumerate(others, 1):
            other.start(index)
        return [work(0), *(other.result() for other in others)]


def _do_nothing() -> None:
    pass
