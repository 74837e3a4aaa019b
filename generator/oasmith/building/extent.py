"""How large a type is once it is written out, and how large it may be.

Lists, maps and the like are written inside of one another. Python reads two hundred
brackets in a row; whoever reads the code, fewer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from .api import Type
from .type_walk import parts_of

MOST_LEVELS = 50
MOST_PARTS = 20_000


class Extent(NamedTuple):
    levels: int
    parts: int

    @property
    def is_too_large(self) -> bool:
        return self.levels > MOST_LEVELS or self.parts > MOST_PARTS


_ATOM = Extent(1, 1)


@dataclass(frozen=True, slots=True)
class Extents:
    """Measures types, each once: what stands at two places is one object."""

    _known: dict[int, tuple[Type, Extent]] = field(
        default_factory=dict[int, tuple[Type, Extent]]
    )
    """By the identity of a type, which is kept so that nothing else gets it."""

    def measure(self, built: Type) -> Extent:
        """The extent of a type whose parts were measured before it."""
        known = self._known.get(id(built))
        if known is not None:
            return known[1]
        parts = [self.measure(part) for part in parts_of(built)]
        if not parts:
            return _ATOM
        extent = Extent(
            1 + max(part.levels for part in parts),
            1 + sum(part.parts for part in parts),
        )
        self._known[id(built)] = built, extent
        return extent
