"""How a package on disk differs from what would be generated, and by whose hand.

A check that finds no difference pays for this module's imports, so it has named tuples
in place of dataclasses (whose import costs as much as starting Python).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

DriftKind = Literal["edited", "removed", "outdated", "missing", "left-over", "blocked"]
"""People edited or removed it since the last run; or the input has moved on: then it
is outdated, is missing yet, or is left over. Or a link, or something else that is not
ours, stands in its place or on the way to it."""

_WORDS: dict[DriftKind, str] = {
    "edited": "edited by hand",
    "removed": "removed by hand",
    "outdated": "outdated",
    "missing": "missing",
    "left-over": "left over",
    "blocked": "blocked by what is not oasmith's",
}


class DriftedFile(NamedTuple):
    path: str
    """From the folder of the package."""

    kind: DriftKind
    line: int
    """The first that differs, from 1; 0 for a file that is not there."""


class Drift(NamedTuple):
    """What differs, sorted by path."""

    files: tuple[DriftedFile, ...] = ()
    patch: str = ""
    """A unified diff, from what is there to what would be."""

    changed: tuple[str, ...] = ()
    """What went in and is another now: paths, "the options", "oasmith"."""

    def __bool__(self) -> bool:
        return bool(self.files)

    @property
    def missing(self) -> tuple[str, ...]:
        """The files that are not there, whoever removed them."""
        return self._paths("missing", "removed")

    @property
    def different(self) -> tuple[str, ...]:
        """The files that have another content, and would have one all the same."""
        return self._paths("edited", "outdated")

    @property
    def edited(self) -> tuple[str, ...]:
        """The files that have another content than they were written with."""
        return self._paths("edited")

    @property
    def stale(self) -> tuple[str, ...]:
        """The files that would no longer be generated."""
        return self._paths("left-over")

    def _paths(self, *kinds: DriftKind) -> tuple[str, ...]:
        return tuple(each.path for each in self.files if each.kind in kinds)


def count_kinds(files: Iterable[DriftedFile]) -> str:
    """How many there are of each kind: "1 edited by hand, 2 outdated"."""
    kinds = [each.kind for each in files]
    counted = ((kinds.count(kind), words) for kind, words in _WORDS.items())
    return ", ".join(f"{number:,} {words}" for number, words in counted if number)


def describe(kind: DriftKind) -> str:
    """What became of a file, as the end of a sentence about it."""
    return _WORDS[kind]
