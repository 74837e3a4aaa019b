"""Allocates names of each kind, and remembers all of them for the lock."""

from __future__ import annotations

from collections.abc import Mapping

from .names import allocate
from .package import Names


class Allocator:
    """Allocates names and remembers all of them for the lock."""

    def __init__(self, kept: Names) -> None:
        self._kept = kept
        self.names: dict[str, dict[str, str]] = {}

    def allocate(
        self, kind: str, wanted: Mapping[str, str], reserved: frozenset[str]
    ) -> dict[str, str]:
        given = allocate(wanted, self._kept.get(kind, {}), reserved)
        self.names.setdefault(kind, {}).update(given)
        return given

    def allocate_any(
        self, kind: str, wanted: Mapping[str, str], reserved: frozenset[str]
    ) -> dict[str, str]:
        """Allocate names of a kind that the lock leaves out where there are none."""
        return self.allocate(kind, wanted, reserved) if wanted else {}

    def kept(self, kind: str, wanted: Mapping[str, str]) -> frozenset[str]:
        """The names that an earlier run gave to what is wanted."""
        known = self._kept.get(kind, {})
        return frozenset(known[key] for key in wanted if key in known)
