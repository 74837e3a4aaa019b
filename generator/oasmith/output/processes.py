"""Shares work on texts out to forked processes, where there is enough of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")

Texts = Mapping[str, str]
"""By path."""


def map_shares(
    function: Callable[[Texts], T],
    texts: Texts,
    lines_for_a_process: int,
    prepare: Callable[[], None] = lambda: None,
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
    made = _map_apart(function, shares, prepare) if processes > 1 else None
    return [function(share) for share in shares] if made is None else made


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
    function: Callable[[Texts], T], shares: Sequence[Texts], prepare: Callable[[], None]
) -> list[T] | None:
    """Work on each share in a process; nothing if one of them is killed."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    prepare()
    fork = multiprocessing.get_context("fork")
    try:
        with ProcessPoolExecutor(len(shares), fork, initializer=_settle_in) as pool:
            return list(pool.map(function, shares))
    except (BrokenProcessPool, OSError):
        return None


def _settle_in() -> None:
    import signal

    # Ctrl-C is the parent's affair.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
