"""The keys of an earlier run for what is the same thing, and has another key now.

A path is the same whatever its variables are called; a variable, where one is gone
from the path and one is new; a choice of a union, where at least half
of what tells it apart is.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from .members import parts_of_word
from .package import Names
from .written_places import WrittenPlaces

_VARIABLE = re.compile(r"\{([^{}]*)\}")


class FormerPlaces:
    """What keys were in an earlier run.

    Args:
        names: The names of that run, by its keys.
        places: What the keys are of now.
    """

    def __init__(self, names: Names, places: WrittenPlaces) -> None:
        self._places = places
        self._below = _index(names)
        self._known: dict[str, str] = {}

    def former_key(self, key: str) -> str:
        """What had the place of a key; the key itself where nothing else did."""
        if not self._below:
            return key
        if (known := self._known.get(key)) is None:
            known = self._known[key] = self._find(key)
        return known

    def _find(self, key: str) -> str:
        above, slash, word = key.rpartition("/")
        if not slash:
            return key
        former = self.former_key(above)
        there = self._below.get(former, set())
        if word not in there:
            word = self._find_other(above, word, there) or word
        return f"{former}/{word}"

    def _find_other(self, above: str, word: str, there: Collection[str]) -> str | None:
        """What stood for a word among those that were there."""
        kind = above.rpartition("/")[2]
        if above == "/paths":
            return self._find_path(word, there)
        if kind in ("oneOf", "anyOf"):
            return self._find_choice(above, word, there)
        if kind == "path" and above.startswith("/paths/"):
            return _find_variable(above.split("/")[2], word, there)
        return None

    def _find_path(self, word: str, there: Collection[str]) -> str | None:
        template = _VARIABLE.sub("{}", word)
        gone = (each for each in there if not self._places.is_there(f"/paths/{each}"))
        same = sorted(each for each in gone if _VARIABLE.sub("{}", each) == template)
        return same[0] if same and template != word else None

    def _find_choice(self, above: str, word: str, there: Collection[str]) -> str | None:
        parts = parts_of_word(word)
        gone = sorted(set(there) - self._places.members_of(above))
        shared = {each: len(parts & parts_of_word(each)) for each in gone}
        best = max(gone, key=shared.__getitem__, default=None)
        return best if best is not None and 2 * shared[best] >= len(parts) > 0 else None


def _find_variable(path: str, word: str, there: Collection[str]) -> str | None:
    now = set(_VARIABLE.findall(path))
    gone, new = set(there) - now, now - set(there)
    return gone.pop() if new == {word} and len(gone) == 1 else None


def _index(names: Names) -> dict[str, set[str]]:
    """The words below each key and each beginning of one."""
    below: dict[str, set[str]] = {}
    for given in names.values():
        for key in given:
            above, slash, word = key.rpartition("/")
            while slash and word not in (words := below.setdefault(above, set())):
                words.add(word)
                above, slash, word = above.rpartition("/")
    return below
