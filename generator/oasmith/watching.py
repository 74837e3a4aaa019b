"""Does something again whenever one of some files changes."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Collection, Mapping
from typing import NoReturn

_SECONDS_BETWEEN_LOOKS = 0.3
_SECONDS_OF_QUIET = 0.1
"""In which no file changes, before a change is taken for complete."""

_COARSE = 20_000_000
"""Nanoseconds by which a file system's clock may be late."""

_States = Mapping[str, tuple[int, int, int] | None]
"""What tells a file's change, by its path; None where there is no file."""


def watch(
    run: Callable[[], object],
    find_files: Callable[[], Collection[str]],
    tell: Callable[[Collection[str]], None],
) -> NoReturn:
    """Run once, and again after each change, until Ctrl-C.

    The files are looked at by their dates and sizes: no system's own way to hear of
    changes works for all file systems.

    Args:
        find_files: The files to watch; asked again after each run.
        tell: Gets the files that changed, before the next run.

    Raises:
        KeyboardInterrupt: Somebody pressed Ctrl-C.
    """
    states = _states_of(find_files())
    while True:
        started = time.time_ns()
        run()
        gc.collect()  # It may be switched off, as it is for a single run.
        states = _with_new_files(states, find_files(), started)
        changed = _wait_for_change(states)
        states = _wait_for_quiet(states)
        tell(changed)


def _states_of(paths: Collection[str]) -> _States:
    return {path: _state_of(path) for path in sorted(paths)}


def _state_of(path: str) -> tuple[int, int, int] | None:
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _with_new_files(before: _States, paths: Collection[str], started: int) -> _States:
    """The states that a run has seen.

    Of files that were known, those before it. A file that was first heard of in the
    run may have changed since it was read: it counts as changed if it is that young.
    """
    seen: dict[str, tuple[int, int, int] | None] = {}
    for path, state in _states_of(paths).items():
        is_young = state is not None and state[0] > started - _COARSE
        seen[path] = before.get(path, None if is_young else state)
    return seen


def _wait_for_change(states: _States) -> list[str]:
    while True:
        now = _states_of(states.keys())
        if now != states:
            return [path for path in states if now[path] != states[path]]
        time.sleep(_SECONDS_BETWEEN_LOOKS)


def _wait_for_quiet(states: _States) -> _States:
    """Wait until whoever is writing files has done."""
    now = _states_of(states.keys())
    while True:
        time.sleep(_SECONDS_OF_QUIET)
        before, now = now, _states_of(states.keys())
        if now == before:
            return now
