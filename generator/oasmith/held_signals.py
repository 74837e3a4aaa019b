"""Holds back the signals that end a process, for what must not stop half-way."""

from __future__ import annotations

import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def signals_held() -> Generator[None]:
    """Have Ctrl-C and SIGTERM wait until the block is over.

    Windows can't hold them back.
    """
    if sys.platform == "win32":
        yield
        return
    held = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGTERM])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
