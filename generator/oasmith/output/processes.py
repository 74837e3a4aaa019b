"""Shares work on texts out to forked processes, where there is enough of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from typing import TypeVar

from ..background import Background

T = TypeVar("T")

Texts = Mapping[str, str]
"""By path."""


def map_shares(
    function: Callable[[Texts], T],
    texts: Texts,
    lines_for_a_process: int,
    prepare: Callable[[], object] | None = None,
) -> list[T]:
    """Call a function of texts for shares of them, each in a process of its own.

    Args:
        lines_for_a_process: With less work than this for each process, starting them
            costs more.
        prepare: What is done once, before there are more of this process.
    """
    lines = sum(text.count("\n") for text in texts.values())
    processes = min(_count_cores(), lines // lines_for_a_process)
    shares = _deal(texts, max(processes, 1))
    if processes > 1:
        return _map_apart(function, shares, prepare or _do_nothing)
    return [function(share) for share in shares]


def _count_cores() -> int:
    """The processors that forked processes can use (macOS does not bear forking)."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _deal(texts: Texts, count: int) -> list[dict[str, str]]:
    """Share texts out, the longest first, so that all shares take the same time."""
    shares: list[dict[str, str]] = [{} for _ in range(count)]
    sizes = [0] * count
    for path in sorted(texts, key=lambda path: (-len(texts[path]), path)):
        smallest = sizes.index(min(sizes))
        shares[smallest][path] = texts[path]
        sizes[smallest] += len(texts[path])
    return shares


def _map_apart(
    function: Callable[[Texts], T],
    shares: Sequence[Texts],
    prepare: Callable[[], object],
) -> list[T]:
    """Work on each share in a process; one that is killed is done without."""
    prepare()
    with ExitStack() as stack:
        processes = [
            stack.enter_context(Background(function, _do_nothing)) for _ in shares
        ]
        for process, share in zip(processes, shares, strict=True):
            process.start(share)
        return [process.result() for process in processes]


def _do_nothing() -> None:
    pass
