"""Formats Python text as black does, and remembers what it was given.

Black would take most of the time of a run. It is spared the texts that are in its form
already, by construction (those of a user's template are not), and no text is formatted
twice: results are cached by content.
Black's own check that a text means the same afterwards is off: it doubles the time, and
our templates are tested.
"""

from __future__ import annotations

import gc
from collections.abc import Container, Generator, Mapping
from contextlib import contextmanager

from ..cache import Cache
from ..presenting.wrap import is_settled
from .formatter import formatter_version


class FormatError(Exception):
    """Black refuses a text, which is a fault of the template that made it.

    Args:
        path: The file that the text is meant for.
        text: The text as it was given.
        reason: What black says of it.
    """

    def __init__(self, path: str, text: str, reason: str) -> None:
        super().__init__(path, text, reason)
        self.path = path
        self.text = text
        self.reason = reason

    def __str__(self) -> str:
        return f"black refuses {self.path}: {self.reason}"


def format_python(
    texts: Mapping[str, str], foreign: Container[str] = ()
) -> dict[str, str]:
    """The texts in black's default style for Python 3.11, by the same paths.

    Args:
        foreign: The paths of those that aren't of our templates alone.

    Raises:
        FormatError: Black can't read one of the texts.
    """
    loose = {
        path: text
        for path, text in texts.items()
        if path in foreign or not is_settled(text)
    }
    return {**texts, **(_format_cached(loose) if loose else {})}


def _format_cached(texts: Mapping[str, str]) -> dict[str, str]:
    cache = Cache("black")
    version = formatter_version()
    keys = {path: f"{version} py311\n{text}" for path, text in texts.items()}
    found = {path: cache.get(key) for path, key in keys.items()}
    missing = {path: text for path, text in texts.items() if found[path] is None}
    made = _format_all(missing) if missing else {}
    for path, text in made.items():
        cache.put(keys[path], text.encode())
    return {
        path: made[path] if stored is None else stored.decode()
        for path, stored in found.items()
    }


def _format_all(texts: Mapping[str, str]) -> dict[str, str]:
    # Imported here, since it takes 0.15 s, and most texts need none of it.
    from black import format_str
    from black.mode import Mode, TargetVersion

    mode = Mode(target_versions={TargetVersion.PY311})
    made: dict[str, str] = {}
    with _rings_collected():
        for path, text in texts.items():
            try:
                made[path] = format_str(text, mode=mode)
            except (ValueError, RecursionError) as error:
                raise FormatError(path, text, str(error)) from error
    return made


@contextmanager
def _rings_collected() -> Generator[None, None, None]:
    """Collect what black leaves behind: the nodes of its trees know their parents.

    The collector may be paused, as it is in a run; without it, memory grows with every
    text. What was there before is nothing for it to look through again.
    """
    was_running = gc.isenabled()
    gc.freeze()
    gc.enable()
    try:
        yield
    finally:
        if not was_running:
            gc.disable()
        gc.unfreeze()
