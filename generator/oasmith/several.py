"""Calls a function several times at once, each time in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from multiprocessing.connection import wait
from typing import TypeVar

from .background import Background

A = TypeVar("A")
T = TypeVar("T")


def call_several(
    function: Callable[[A], T], arguments: Sequence[A], most: int
) -> Iterator[T]:
    """The results in the order of the arguments, each as soon as there is one.

    Who stops early, or is interrupted, ends all processes, and those that they have.

    Args:
        most: How many processes there are at a time.

    Raises:
        Exception: What a call raised, when it is its turn.
    """
    with ExitStack() as stack:
        calls: list[Background[A, T]] = []
        under_way: set[int] = set()
        for index in range(len(arguments)):
            while not _is_done(index, calls, under_way):
                while len(calls) < len(arguments) and len(under_way) < most:
                    call = stack.enter_context(
                        Background(function, _do_nothing, has_processes=True)
                    )
                    call.start(arguments[len(calls)])
                    under_way.add(len(calls))
                    calls.append(call)
                under_way -= _wait_for_some(calls, under_way)
            yield calls[index].result()


def _is_done(
    index: int, calls: Sequence[Background[A, T]], under_way: set[int]
) -> bool:
    return index < len(calls) and index not in under_way


def _wait_for_some(calls: Sequence[Background[A, T]], under_way: set[int]) -> set[int]:
    """Wait until a call has ended, and say which have; without processes, the first."""
    pipes = {calls[index].pipe: index for index in under_way}
    ready = wait([pipe for pipe in pipes if pipe is not None])
    return {index for pipe, index in pipes.items() if pipe in ready} or {min(under_way)}


def _do_nothing() -> None:
    pass
