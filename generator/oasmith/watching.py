"""Does something again whenever one of some files changes."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Collection, Mapping
from typing import NoReturn, assert_never

from .dependencies import Dependency
from .output.states import PRESENT, name_folder, state_of

_SECONDS_BETWEEN_LOOKS = 0.3
_SECONDS_OF_QUIET = 0.1
"""In which no file changes, before a change is taken for complete."""

_COARSE = 20_000_000
"""Nanoseconds by which a file system's clock may be late."""

_State = tuple[int, int, int] | str | None
"""What tells a change; None where there is nothing."""

_States = Mapping[Dependency, _State]


def watch(
    run: Callable[[], object],
    find_files: Callable[[], Collection[Dependency]],
    tell: Callable[[Collection[str]], None],
) -> NoReturn:
    """Run once, and again after each change, until Ctrl-C.

    The files are looked at by their dates and sizes: no system's own way to hear of
    changes works for all file systems.

    Args:
        find_files: What to watch; asked again after each run.
        tell: Gets the paths where something changed, before the next run.

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


def _states_of(every: Collection[Dependency]) -> _States:
    return {each: _state_of(each) for each in sorted(every)}


def _state_of(dependency: Dependency) -> _State:
    path, need = dependency
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    match need:
        case "content":
            return found.st_mtime_ns, found.st_size, found.st_ino
        case "names":
            return state_of(name_folder(path))
        case "presence":
            return PRESENT
        case _:
            assert_never(need)


def _with_new_files(
    before: _States, every: Collection[Dependency], started: int
) -> _States:
    """The states that a run has seen.

    Of files that were known, those before it. A file that was first heard of in the
    run may have changed since it was read: it counts as changed if it is that young.
    """
    seen: dict[Dependency, _State] = {}
    for each, state in _states_of(every).items():
        is_young = isinstance(state, tuple) and state[0] > started - _COARSE
        seen[each] = before.get(each, None if is_young else state)
    return seen


def _wait_for_change(states: _States) -> list[str]:
    while True:
        now = _states_of(states.keys())
        if now != states:
            changed = (each.path for each in states if now[each] != states[each])
            return [*dict.fromkeys(changed)]
        time.sleep(_SECONDS_BETWEEN_LOOKS)


def _wait_for_quiet(states: _States) -> _States:
    """Wait until whoever is writing files has done."""
    now = _states_of(states.keys())
    while True:
        time.sleep(_SECONDS_OF_QUIET)
        before, now = now, _states_of(states.keys())
        if now == before:
            return now
