"""Adds up the memory of a process and of all that it started, from time to time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

_PROCESSES = Path("/proc")
_SESSION_FIELD = 3
"""Of those that follow the name in /proc/PID/stat (proc_pid_stat(5))."""


class TreeMemory:
    """Watches a session; what its processes share is counted once (PSS).

    Args:
        most: The megabytes that it may take.
        every: The seconds between two looks; each costs some milliseconds a GB.
    """

    def __init__(self, most: float, every: float = 0.25) -> None:
        self._most = most
        self._every = every
        self._next_look = 0.0
        self.peak = 0.0
        """In megabytes."""

    @property
    def is_exceeded(self) -> bool:
        return self.peak > self._most

    def look(self, session: int) -> None:
        """Add up what a session takes now, if it is time to."""
        now = time.monotonic()
        if now < self._next_look:
            return
        self.peak = max(self.peak, sum(map(_megabytes, _members(session))))
        self._next_look = time.monotonic() + self._every


def _members(session: int) -> Iterator[Path]:
    for folder in _PROCESSES.glob("[0-9]*"):
        try:
            # The name before it is the only field that may hold anything.
            fields = (folder / "stat").read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        if int(fields[_SESSION_FIELD]) == session:
            yield folder


def _megabytes(process: Path) -> float:
    try:
        lines = (process / "smaps_rollup").read_text().splitlines()
    except OSError:
        # It has ended.
        return 0.0
    sizes = (line.split()[1] for line in lines if line.startswith("Pss:"))
    return sum(map(int, sizes)) / 1024
