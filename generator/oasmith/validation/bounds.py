"""Keeps the validator within bounds: it is not ours, and takes as long as it takes.

It tries the patterns of a description on its values, and follows each reference anew.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

_LEAST_SECONDS = 5.0
_SECONDS_FOR_A_MEGABYTE = 6.0
"""The largest descriptions that are known take a third of this."""

_MOST_BYTES = 4 * 2**30


class OutOfTime(Exception):
    """It takes longer than a description of this size may."""


@contextmanager
def time_limited(size: int) -> Generator[None]:
    """End the block with `OutOfTime` when it has used its processor time.

    Where there is no timer for it, or this is not the main thread, it is not limited.

    Args:
        size: The characters that the description has.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise OutOfTime

    seconds = _LEAST_SECONDS + _SECONDS_FOR_A_MEGABYTE * size / 2**20
    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def limit_memory() -> None:
    """Bound what this process may have in memory, where the system does that."""
    try:
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        bounded = most == resource.RLIM_INFINITY or most > _MOST_BYTES
        if bounded:
            resource.setrlimit(resource.RLIMIT_DATA, (_MOST_BYTES, most))
    except (ImportError, OSError, ValueError):
        pass
